import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "wasm/build");

/**
 * Memory is the caller's, and threads may share it: from call to call a kernel keeps nothing but what stands there. Within a call
 * `records` has texts wait at a fixed place of it, so that memory in which that one works is of one thread alone.
 */
const options = [
  ..."-O3 --converge --noAssert --runtime stub --importMemory --sharedMemory --initialMemory 1 --maximumMemory 65536".split(
    " ",
  ),
  ..."--enable simd --enable relaxed-simd --enable threads --enable bulk-memory --disable mutable-globals".split(" "),
];

// One kernel a folder, wasm/<name>/index.ts -> wasm/build/<name>.wasm; what several of them import lies in wasm/ itself.
mkdirSync(target, { recursive: true });
for (const { name } of readdirSync(join(root, "wasm"), { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
)) {
  if (name === "build") continue;
  const files = new Map<string, Uint8Array>();
  const { error, stderr } = await asc.main([`wasm/${name}/index.ts`, "--baseDir", root, "-o", "out.wasm", ...options], {
    writeFile: (path, content) => {
      files.set(path, content as Uint8Array);
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`wasm/${name}: ${error.message}\n${stderr.toString()}`);
  writeFileSync(join(target, `${name}.wasm`), files.get("out.wasm") as Uint8Array);
}
