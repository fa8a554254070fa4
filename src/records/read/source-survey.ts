import { KindredError } from "../../base/index.ts";
import type { SourceSpec } from "../source-spec.ts";
import type { RawValue } from "./raw-batch.ts";
import type { SourceLayout } from "./source-layout.ts";

/** A source as one pass over it shows it: how to read it, how many rows it has, a sample of them. */
export interface SourceSurvey {
  readonly layout: SourceLayout;
  readonly rowCount: number;
  /** Sampled rows in order, one value a column; bad rows are left to the ingest, which says where they are. */
  readonly rows: readonly (readonly RawValue[])[];
  readonly notes: readonly string[];
}

/** The error for a source without rows. */
export function empty(spec: SourceSpec, seen: string): KindredError {
  return new KindredError("source-empty", { seen, expected: "at least one row", where: { file: spec.path } });
}

/** The error for files of one source whose columns differ. */
export function otherColumns(file: string, columns: string, firstFile: string, expected: string): KindredError {
  return new KindredError("source-malformed", {
    seen: `the columns ${columns}`,
    expected: `those of ${firstFile}: ${expected}`,
    hint: "Name the files as sources of their own",
    where: { file },
  });
}
