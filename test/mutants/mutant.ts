/** A fault planted in the sources: an exact text, found once in its file, in place of which another is written. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The test that must turn red: its file, a part of its name, and of the name of the suite that it is in. */
  readonly test: { readonly file: string; readonly suite?: string; readonly name: string };
}
