import type { ColumnKernel } from "./column-kernel.ts";
import type { Utf8Texts } from "./utf8-texts.ts";

/** Where the plan of `wasm/columns/layout.ts` has its parts, in words. */
const planPlace = { texts: 0, offsets: 1, hashes: 2, slots: 3, slotMask: 4, size: 5, torn: 6 } as const;
const planBytes = 32;
const firstSlots = 4096;

/**
 * The numbers of `TextNumbers` for whole ranges of texts, by the kernel and in its memory: later work there overwrites what
 * was not taken by {@link texts}.
 */
export class KernelTextNumbers {
  /** Where the plan is. */
  readonly at: number;
  readonly #kernel: ColumnKernel;
  readonly #plan: Int32Array;

  private constructor(kernel: ColumnKernel, textsMax: number, slotsMax: number, byteCount: number) {
    this.#kernel = kernel;
    this.at = kernel.take(planBytes);
    const plan = kernel.words(this.at, planBytes / 4);
    plan[planPlace.texts] = kernel.take(byteCount);
    plan[planPlace.offsets] = kernel.take((textsMax + 1) * 4);
    plan[planPlace.hashes] = kernel.take(textsMax * 4);
    plan[planPlace.slots] = kernel.take(slotsMax * 8);
    plan[planPlace.slotMask] = firstSlots - 1;
    this.#plan = plan;
    kernel.run.beginTexts(this.at);
  }

  /** Empty, with room for so many texts and bytes, of which its user makes sure; undefined where the memory has too little. */
  static begin(kernel: ColumnKernel, textsMax: number, byteCount: number): KernelTextNumbers | undefined {
    // They double when half of them are taken.
    const slotsMax = 2 ** Math.ceil(Math.log2(Math.max(firstSlots, (textsMax + 1) * 4)));
    if (!kernel.hasRoomFor(byteCount + textsMax * 8 + slotsMax * 8)) return undefined;
    return new KernelTextNumbers(kernel, textsMax, slotsMax, byteCount);
  }

  /** Where the offsets of the texts are. */
  get offsetsAt(): number {
    return this.#plan[planPlace.offsets] as number;
  }

  /** Whether a text begins in the midst of a letter. */
  get isTorn(): boolean {
    return this.#plan[planPlace.torn] !== 0;
  }

  /** A copy of all texts. */
  texts(): Utf8Texts {
    const offsets = this.#kernel.words(this.offsetsAt, (this.#plan[planPlace.size] as number) + 1).slice();
    const bytes = this.#kernel.bytes(this.#plan[planPlace.texts] as number, offsets.at(-1) as number).slice();
    return { bytes, offsets };
  }
}
