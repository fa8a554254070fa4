import { type Random, seededRandom } from "../../base/index.ts";
import { surveySource } from "../read/survey-source.ts";
import type { SourceSpec } from "../source-spec.ts";
import { placeholdersOf, profileColumn, sampleValueOf } from "./profile-column.ts";
import type { SourceProfile } from "./source-profile.ts";

/** How a source is sampled. */
export interface ProfileOptions {
  /** How many rows are looked at: half from the head, half spread over the rest. Default 4,000. */
  readonly sampleRows?: number;
  readonly seed?: number;
  /**
   * Where standard input and pipes are spooled; a plan reads the copy, so it must outlive the run and its resumes.
   * Default: the system's folder for temporary files, where the copy stays.
   */
  readonly temporaryDirectory?: string;
}

/**
 * Reads a source once, cheaply: finds its format, encoding and delimiter, counts its rows, and profiles a bounded sample.
 * @throws source-missing, source-empty, source-encoding, source-malformed with the place
 */
export async function profileSource(spec: SourceSpec, options: ProfileOptions = {}): Promise<SourceProfile> {
  const random: Random = seededRandom(options.seed ?? 1).fork(spec.name);
  const survey = await surveySource(spec, {
    sampleRows: options.sampleRows ?? 4000,
    random,
    temporaryDirectory: options.temporaryDirectory,
  });
  const placeholders = placeholdersOf(spec.placeholders);
  const sample = survey.layout.columns.map((_, place) => survey.rows.map((row) => sampleValueOf(row[place])));
  const columns = survey.layout.columns.map((name, place) => profileColumn(name, sample[place] ?? [], placeholders));
  return {
    spec,
    layout: survey.layout,
    rowCount: survey.rowCount,
    sampleCount: survey.rows.length,
    columns,
    notes: survey.notes,
    sample,
  };
}
