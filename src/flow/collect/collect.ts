import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { type Clock, KindredError } from "../../base/index.ts";
import type { CollectableStore } from "../store/artifact-store.ts";
import { type CollectionStore, type Excluded, type RemovalRight, versionName } from "../store/collection-store.ts";
import type { MetadataStore } from "../store/metadata-store.ts";
import { collectBlobs } from "./collect-blobs.ts";
import { collectHome } from "./collect-home.ts";
import { type Decisions, decide } from "./decide.ts";
import { placeOf } from "./decide-versions.ts";
import { type CollectionProgress, type CollectionReport, keptRows } from "./report.ts";
import { graceMs, type Retention } from "./retention.ts";

const renewMs = 20_000;

/** What a collection works on. */
export interface CollectionParts {
  readonly metadata: MetadataStore;
  readonly artifacts: CollectableStore;
  /** The home on this machine, for logs and what workers left there. */
  readonly home: string;
  /** The project whose runs and data sets go; null for all. */
  readonly project: string | null;
  readonly retention: Retention;
  readonly right: RemovalRight;
  readonly isDry: boolean;
  readonly clock: Clock;
  readonly onProgress: (progress: CollectionProgress) => void;
}

/**
 * Removes what retention says is not needed: rows first, each run in its own transaction, and blobs when no row is left that names
 * them. Killed at any moment it leaves a whole store, and the next collection goes on.
 * @throws refused when rows of another metadata name blobs here, run-locked while another collects, artifact-damaged
 */
export async function collect(parts: CollectionParts): Promise<CollectionReport> {
  await assertOnlyOwner(parts);
  if (parts.isDry) return collected(parts, () => {});
  return withLease(parts.metadata.collection, (assertLease) => collected(parts, assertLease));
}

async function collected(parts: CollectionParts, assertLease: () => void): Promise<CollectionReport> {
  const { metadata, artifacts, isDry, clock, onProgress, home, project, right } = parts;
  const nowMs = clock.nowMs();
  const productionVersions = right.token === undefined ? null : parts.retention.productionVersions;
  const retention = { ...parts.retention, productionVersions };
  const place = { project, retention, nowMs };
  const decisions = decide(await metadata.collection.runs(), await metadata.dataSets.versions({}), place);
  const gone = isDry ? planned(decisions) : await removeRows(parts, decisions, assertLease);
  const leftovers = await artifacts.removeLeftovers(nowMs - graceMs, isDry);
  const excluded: Excluded = {
    runs: new Set(isDry ? gone.runs.map(({ run }) => run) : []),
    versions: new Set(isDry ? gone.versions.map(versionName) : []),
  };
  const rows = metadata.collection;
  const blobs = await collectBlobs({ rows, store: artifacts, excluded, isDry, nowMs, onProgress, assertLease });
  const left = (await rows.runs()).filter(({ run }) => !excluded.runs.has(run));
  onProgress({ stage: "cleaning the home", done: 0, total: null });
  if (!isDry) await rows.giveBack(assertLease);
  const { marked, sinceMs } = blobs;
  const identity = await rows.identity();
  const inHome = await collectHome({ home, identity, left, marked, sinceMs, retention, isDry, nowMs });
  return {
    isDry,
    ...gone,
    collected: [
      { kind: "runs", count: gone.runs.length, byteCount: 0 },
      { kind: "versions", count: gone.versions.length, byteCount: 0 },
      blobs.collected,
      { kind: "leftovers", ...leftovers },
      ...inHome,
    ],
    kept: [...keptRows("runs", decisions.runs), ...keptRows("versions", decisions.versions), ...blobs.kept],
  };
}

type Gone = Pick<CollectionReport, "runs" | "versions">;

function planned({ runs, versions }: Decisions): Gone {
  return {
    runs: runs.filter(({ kept }) => kept === null).map(({ run }) => run),
    versions: versions.filter(({ kept }) => kept === null).map(({ version }) => version),
  };
}

/** Versions first: a run that made what production keeps cannot be removed. */
async function removeRows(
  { metadata, onProgress, right }: CollectionParts,
  decisions: Decisions,
  assertLease: () => void,
): Promise<Gone> {
  const { runs, versions } = planned(decisions);
  const gone: { runs: Gone["runs"][number][]; versions: Gone["versions"][number][] } = { runs: [], versions: [] };
  for (const version of versions) {
    assertLease();
    if (await metadata.collection.removeVersion(placeOf(version), right)) gone.versions.push(version);
  }
  for (const [i, run] of runs.entries()) {
    assertLease();
    if (await metadata.collection.removeRun(run)) gone.runs.push(run);
    onProgress({ stage: "removing runs", done: i + 1, total: runs.length });
  }
  return gone;
}

async function withLease<T>(rows: CollectionStore, work: (assertLease: () => void) => Promise<T>): Promise<T> {
  const collector = { owner: randomUUID(), pid: process.pid, hostName: hostname() };
  await rows.begin(collector);
  let isHeld = true;
  const renew = async (): Promise<void> => {
    isHeld &&= await rows.renew(collector).catch(() => false);
  };
  const timer = setInterval(() => void renew(), renewMs);
  try {
    return await work(() => {
      if (!isHeld) throw new KindredError("run-locked", { seen: "another collection took this one over" });
    });
  } finally {
    clearInterval(timer);
    await rows.end(collector);
  }
}

/** A store that two databases share, or a copied home, would lose what only the other one's rows name. @throws refused */
async function assertOnlyOwner({ metadata, artifacts }: CollectionParts): Promise<void> {
  const identity = await metadata.collection.identity();
  const others = [...(await artifacts.owners())].filter(([owner]) => owner !== identity);
  if (others.length === 0) return;
  throw new KindredError("refused", {
    seen: `the artifact store is that of other runs too, whose metadata is ${others.map(([, place]) => place).join(", ")}`,
    expected: "artifacts that only these runs name",
    hint: `Give each database a prefix of its own. If the other is gone for good, remove owners/${others[0]?.[0]} from the store`,
  });
}
