import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Duplex } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { KindredError } from "../../base/index.ts";

const chunkBytes = 256 * 1024;

/** True for names of compressed files, which only text formats may be. */
export function isCompressed(file: string): boolean {
  return /\.(gz|zst)$/i.test(file);
}

/**
 * The bytes of a file in chunks, decompressed by its name (.gz, .zst); it is read no faster than it is used.
 * @throws source-missing when the file cannot be opened, source-malformed when its compression is broken
 */
export async function* readBytes(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file, { highWaterMark: chunkBytes });
  const decompress = decompressor(file);
  if (decompress) source.on("error", (error) => decompress.destroy(error)).pipe(decompress);
  try {
    for await (const chunk of decompress ?? source) yield chunk as Buffer;
  } catch (error) {
    throw readError(error as NodeJS.ErrnoException, file);
  } finally {
    decompress?.destroy();
    source.destroy();
  }
}

/** The first bytes of a file, decompressed: enough to tell its format and delimiter. */
export async function readHead(file: string, bytes = 64 * 1024): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of readBytes(file)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= bytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bytes);
}

/** A file that is read to where its reader wants the bytes. */
export interface ByteSource {
  /** Fills memory from its beginning, at least in part; gives how many bytes, 0 at the end of the file. */
  readInto(memory: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

/**
 * Opens a file that is not compressed.
 * @throws source-missing when it cannot be opened
 */
export async function openBytes(file: string): Promise<ByteSource> {
  const refuse = (error: NodeJS.ErrnoException): never => {
    throw readError(error, file);
  };
  const handle = await open(file).catch(refuse);
  return {
    readInto: async (memory) => (await handle.read(memory, 0, memory.length, null).catch(refuse)).bytesRead,
    close: () => handle.close(),
  };
}

function decompressor(file: string): Duplex | undefined {
  if (/\.gz$/i.test(file)) return createGunzip({ chunkSize: chunkBytes });
  if (/\.zst$/i.test(file)) return createZstdDecompress({ chunkSize: chunkBytes });
  return undefined;
}

function readError(error: NodeJS.ErrnoException, file: string): unknown {
  const code = error.code ?? "";
  if (code.startsWith("Z_") || code.startsWith("ZSTD_") || code.startsWith("ERR_ZSTD")) {
    return new KindredError("source-malformed", {
      seen: `compressed data that is broken or cut short (${code})`,
      expected: "a whole file of the compression its name says",
      where: { file },
      cause: error,
    });
  }
  if (["ENOENT", "EACCES", "EISDIR", "EPERM"].includes(code)) {
    return new KindredError("source-missing", {
      seen: `the file cannot be opened (${code})`,
      expected: "a file that can be read",
      where: { file },
      cause: error,
    });
  }
  return error;
}
