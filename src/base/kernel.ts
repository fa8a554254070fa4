import { readFileSync } from "node:fs";

/** Memory that kernels of all threads of a process work in; 64 KiB a page. A worker thread gets it by `workerData`. */
export interface KernelMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

/** What a kernel offers: functions over offsets into its memory. */
export type KernelExports<Name extends string> = Readonly<Record<Name, (...args: number[]) => number>>;

/** The part of the global `WebAssembly` that is used here; Node's types leave it to those of browsers. */
interface WebAssemblyGlobal {
  readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => KernelMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (compiled: object, imports: object) => { readonly exports: object };
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyGlobal };

/** Bytes of a page of memory. */
export const kernelPageBytes = 65_536;

/**
 * Memory for kernels. It may grow up to `pagesMax`; only what is touched costs real memory.
 * @throws RangeError when the machine cannot give that much
 */
export function kernelMemory(pages: number, pagesMax: number): KernelMemory {
  return new WebAssembly.Memory({ initial: pages, maximum: pagesMax, shared: true });
}

const compiled = new Map<string, object | undefined>();

/**
 * A kernel of `wasm/` over this memory, compiled once a thread; undefined where it was not built, so that callers take
 * the path in TypeScript that every kernel has beside it.
 */
export function openKernel<Name extends string>(name: string, memory: KernelMemory): KernelExports<Name> | undefined {
  if (!compiled.has(name)) compiled.set(name, compile(name));
  const kernel = compiled.get(name);
  if (kernel === undefined) return undefined;
  return new WebAssembly.Instance(kernel, { env: { memory } }).exports as KernelExports<Name>;
}

function compile(name: string): object | undefined {
  try {
    return new WebAssembly.Module(readFileSync(new URL(`../../wasm/build/${name}.wasm`, import.meta.url)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
