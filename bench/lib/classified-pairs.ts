import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { type ClassifyResult, classifyPairs } from "../../src/pipelines/index.ts";

/** Files of pairs, or their rows. */
export type Pairs = string | readonly Readonly<Record<string, string>>[];

/** What is classified, and how. */
export interface ToClassify {
  readonly train: Pairs;
  readonly valid?: Pairs;
  readonly test: Pairs;
  readonly ignore?: readonly string[];
  readonly context?: boolean;
}

/** A classification, and the probability of each row of `test`. */
export interface Classified {
  readonly result: ClassifyResult;
  readonly probabilities: readonly number[];
  readonly cpuSeconds: number;
}

/** Classifies as the command line does, over files of which the output is read again. */
export async function classified({ train, valid, test, ignore = [], context = true }: ToClassify): Promise<Classified> {
  const folder = await mkdtemp(join(tmpdir(), "kindred-classify-"));
  const fileOf = async (pairs: Pairs, name: string): Promise<string> => {
    if (typeof pairs === "string") return pairs;
    const path = join(folder, name);
    await writeFile(path, csv(pairs));
    return path;
  };
  try {
    const files = {
      train: await fileOf(train, "train.csv"),
      ...(valid === undefined ? {} : { valid: await fileOf(valid, "valid.csv") }),
      test: await fileOf(test, "test.csv"),
      out: join(folder, "out.csv"),
    };
    const before = process.cpuUsage();
    const result = await classifyPairs({ ...files, ignore, context, reasons: false });
    const { user, system } = process.cpuUsage(before);
    const lines = parse(await readFile(files.out), { columns: true }) as { probability: string }[];
    return { result, probabilities: lines.map((line) => Number(line.probability)), cpuSeconds: (user + system) / 1e6 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function csv(rows: readonly Readonly<Record<string, string>>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const quoted = (text: string | undefined): string => `"${(text ?? "").replaceAll('"', '""')}"`;
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((fields) => fields.map(quoted).join(","))
    .join("\n");
}
