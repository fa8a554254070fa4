import { readFile } from "node:fs/promises";
import { KindredError, writeOutputFile } from "../../base/index.ts";
import { type PairModel, pairModelSchema } from "../../linkage/index.ts";

/** Writes a fitted model as JSON. */
export async function writeModel(path: string, model: PairModel): Promise<void> {
  await writeOutputFile(path, `${JSON.stringify(model)}\n`);
}

/**
 * Reads a fitted model.
 * @throws source-missing when there is no such file, source-malformed when it is none that this version can read
 */
export async function readModel(path: string): Promise<PairModel> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new KindredError("source-missing", {
      seen: "the model cannot be read",
      expected: "a file that kindred classify --model-out wrote",
      where: { file: path },
      cause,
    });
  });
  const model = pairModelSchema.safeParse(parsed(text));
  if (model.success) return model.data as PairModel;
  throw new KindredError("source-malformed", {
    seen: "no model of a pair classifier, or one of another version",
    expected: "a file that kindred classify --model-out wrote",
    hint: "Fit it again with this version",
    where: { file: path },
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
