import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EntityMember, ScoredPair, TrivialRecord } from "../../src/linkage/index.ts";
import { scoredPairs } from "../../src/pipelines/evaluate/scored-pairs.ts";
import { trivialRecords } from "../../src/pipelines/evaluate/trivial-records.ts";
import { openLinkage } from "../../src/pipelines/index.ts";
import { publishedMembers } from "../../src/pipelines/linkage/published-members.ts";
import { dataFolder } from "./film-catalogues.ts";

const bin = fileURLToPath(new URL("../../bin/kindred", import.meta.url));

/** Columns that say which records are one film: no linkage may read them. */
const truthColumns = "imdb_id,tmdb_id";

/** What the command line published of some catalogues. */
export interface LinkedCatalogues {
  readonly members: readonly EntityMember[];
  readonly scored: readonly ScoredPair[];
  readonly titled: readonly TrivialRecord[];
  readonly recordCountBySource: ReadonlyMap<string, number>;
}

/** Links catalogues of shared/data/movies as a user would, with no configuration: `kindred link a.csv b.csv --ignore ...`. */
export async function linkCatalogues(sources: readonly string[]): Promise<LinkedCatalogues> {
  const folder = await mkdtemp(join(tmpdir(), "kindred-accuracy-"));
  const out = join(folder, "out");
  try {
    const files = sources.map((source) => join(dataFolder, `movies/${source}.csv`));
    execFileSync(process.execPath, [bin, "link", ...files, "--ignore", truthColumns, "--out", out], {
      cwd: folder,
      env: { ...process.env, KINDRED_HOME: join(folder, "home") },
      stdio: ["ignore", "ignore", "inherit"],
    });
    const published = await openLinkage(out);
    const wanted = new Set(sources);
    const members: EntityMember[] = [];
    for await (const member of publishedMembers(published)) if (wanted.has(member.source)) members.push(member);
    return {
      members,
      scored: [...(await scoredPairs(published, wanted))],
      titled: await trivialRecords(published, false),
      recordCountBySource: new Map(published.state.sources.map(({ source, recordCount }) => [source, recordCount])),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
