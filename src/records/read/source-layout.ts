import type { SourceFormat } from "../source-spec.ts";

/** How the bytes of a text source become text. */
export type SourceEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** What is needed to read a source again: found once, then carried by its plan. */
export interface SourceLayout {
  /** The files in the order they are read; standard input is a temporary copy. */
  readonly files: readonly string[];
  readonly format: SourceFormat;
  /** Null for Parquet and Arrow. */
  readonly encoding: SourceEncoding | null;
  /** Null where the format has none. */
  readonly delimiter: string | null;
  /** False for tab-separated text whose quotes are letters like any other. */
  readonly quoted: boolean;
  readonly columns: readonly string[];
}
