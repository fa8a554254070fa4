import {
  blockKeys,
  inferLinkage,
  linkTables,
  partition,
  ShardPairs,
  scoreShard,
  threadedScan,
} from "../../src/linkage/index.ts";
import { filmTask, readFilms } from "./film-task.ts";

/** CPU seconds of scoring the whole film task in this process, by one thread and by two. */
export interface ScoringByThreads {
  readonly pairs: number;
  readonly one: number;
  readonly two: number;
}

/** Scores the same opened records by one thread and by two in turn, so that what others do falls on both. */
export async function scoringByThreads(prefix: string, rounds = 3): Promise<ScoringByThreads> {
  const batches = await readFilms(prefix);
  const sources = [...batches.keys()];
  const fields = (batches.get("a")?.[0]?.fields ?? []).map((field) => ({ ...field, fillBySource: { a: 1, b: 1 } }));
  const kept = { keepWeight: 0, reviewThreshold: 0.5, blockPairsMax: Number.MAX_SAFE_INTEGER };
  const settings = inferLinkage({ entityType: "film", sources, fields }, { ...filmTask, ...kept });
  const { frozen, model, pairsByRule } = linkTables(batches, settings);
  const parts = [...batches.values()].flatMap((ofSource) =>
    ofSource.flatMap((batch) => partition(batch, blockKeys(batch, settings), settings, 1)),
  );
  const seconds = { one: 0, two: 0 };
  for (let round = 0; round < rounds; round++) {
    for (const [name, threads] of [
      ["one", 1],
      ["two", 2],
    ] as const) {
      const address = { index: 0, count: 1 };
      const opened = new ShardPairs(parts, frozen, settings, address, { scanner: threadedScan(threads) });
      // Encodes the columns before the clock runs.
      if (opened.encoded.length === 0) throw new Error("no comparison has a kernel");
      const before = process.cpuUsage();
      scoreShard(opened, model);
      const { user, system } = process.cpuUsage(before);
      seconds[name] += (user + system) / 1e6;
    }
  }
  return { pairs: pairsByRule.reduce((sum, count) => sum + count, 0), ...seconds };
}
