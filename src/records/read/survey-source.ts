import type { Random } from "../../base/index.ts";
import type { SourceSpec } from "../source-spec.ts";
import { readHead } from "./byte-stream.ts";
import { surveyColumnar } from "./columnar-reader.ts";
import { formatOf } from "./format.ts";
import { resolveFiles } from "./source-files.ts";
import type { SourceSurvey } from "./source-survey.ts";
import { surveyText } from "./survey-text.ts";

/** How a source is surveyed. */
export interface SurveyOptions {
  readonly sampleRows: number;
  readonly random: Random;
  /** Where standard input is spooled. */
  readonly temporaryDirectory?: string | undefined;
}

/** Finds out how a source is read, counts its rows and takes a sample, in one pass. */
export async function surveySource(spec: SourceSpec, options: SurveyOptions): Promise<SourceSurvey> {
  const { sampleRows, random } = options;
  const files = await resolveFiles(spec.path, options.temporaryDirectory);
  const first = files[0] as string;
  const format = formatOf(first, await readHead(first, 4096), spec.format);
  if (format === "parquet" || format === "arrow") return surveyColumnar(spec, format, files, sampleRows, random);
  return surveyText(spec, files, sampleRows, random);
}
