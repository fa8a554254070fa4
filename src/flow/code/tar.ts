import { KindredError } from "../../base/index.ts";

/** A file of an archive: its path with `/`, and its bytes. */
export interface TarFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const blockBytes = 512;

/** Archives files as tar (ustar), in the order of their paths and without times or owners: equal files give equal bytes. @throws limit-exceeded */
export function writeTar(files: readonly TarFile[]): Uint8Array {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const blocks = sorted.flatMap(({ path, bytes }) => {
    const padded = new Uint8Array(Math.ceil(bytes.byteLength / blockBytes) * blockBytes);
    padded.set(bytes);
    return [headerOf(path, bytes.byteLength), padded];
  });
  return Buffer.concat([...blocks, new Uint8Array(2 * blockBytes)]);
}

/** Reads what {@link writeTar} wrote. @throws artifact-damaged for anything else, and for a path that leads out of its folder */
export function readTar(archive: Uint8Array): TarFile[] {
  const files: TarFile[] = [];
  for (let at = 0; ; ) {
    const header = archive.subarray(at, at + blockBytes);
    if (header.byteLength < blockBytes) throw damaged("it ends early");
    if (header[0] === 0) return files;
    const path = [textAt(header, 345, 155), textAt(header, 0, 100)].filter(Boolean).join("/");
    const size = Number.parseInt(textAt(header, 124, 12), 8);
    const end = at + blockBytes + size;
    if (!Number.isInteger(size) || end > archive.byteLength) throw damaged(`no size of ${path}`);
    if (path.startsWith("/") || path.split("/").includes("..")) throw damaged(`a file ${path}`);
    files.push({ path, bytes: archive.subarray(at + blockBytes, end) });
    at += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
  }
}

function headerOf(path: string, size: number): Uint8Array {
  const header = Buffer.alloc(blockBytes);
  const { prefix, name } = splitPath(path);
  const write = (text: string, at: number): void => void header.write(text, at, "utf8");
  write(name, 0);
  write("0000644\0", 100);
  write("0000000\0", 108);
  write("0000000\0", 116);
  write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  write("00000000000\0", 136);
  write("        ", 148);
  write("0", 156);
  write("ustar\u000000", 257);
  write(prefix, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

function splitPath(path: string): { readonly prefix: string; readonly name: string } {
  if (Buffer.byteLength(path) <= 100) return { prefix: "", name: path };
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155) return { prefix, name };
  }
  throw new KindredError("limit-exceeded", { seen: `the path ${path}`, expected: "one that a tar archive can hold" });
}

function textAt(header: Uint8Array, start: number, length: number): string {
  const bytes = header.subarray(start, start + length);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end)).trim();
}

function damaged(seen: string): KindredError {
  return new KindredError("artifact-damaged", { seen: `a code package is no archive of Kindred's: ${seen}` });
}
