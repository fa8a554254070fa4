import type { Random } from "../../base/index.ts";
import type { SourceSpec } from "../source-spec.ts";
import { readHead } from "./byte-stream.ts";
import { formatOf } from "./format.ts";
import { resolveFiles } from "./source-files.ts";
import { type SourceSurvey, surveyText } from "./survey-text.ts";

/** How a source is surveyed. */
export interface SurveyOptions {
  readonly sampleRows: number;
  readonly random: Random;
  readonly temporaryDirectory?: string | undefined;
}

/** Finds out how a source is read, counts its rows and takes a sample, in one pass. */
export async function surveySource(spec: SourceSpec, options: SurveyOptions): Promise<SourceSurvey> {
  const files = await resolveFiles(spec.path, options.temporaryDirectory);
  const first = files[0] as string;
  const format = formatOf(first, await readHead(first, 4096), spec.format);
  void format;
  return surveyText(spec, files, options.sampleRows, options.random);
}
