import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { KindredError, systemClock } from "../../base/index.ts";
import { insightOf, timeLineOf } from "../insight/index.ts";
import { FolderLogs } from "../log/folder-logs.ts";
import { readLogs, stepOf } from "../log/read-logs.ts";
import { StoredLogReader } from "../log/stored-log-reader.ts";
import type { TaskDetail } from "../run-record.ts";
import type { Runs } from "../runs.ts";
import type { MetadataStore } from "../store/metadata-store.ts";
import { openArtifacts } from "../store/open-artifacts.ts";
import { openMetadata } from "../store/open-metadata.ts";
import type { StorePlaces } from "../store/store-places.ts";
import { loadArtifact } from "../task/artifact-view.ts";
import type { TaskCard } from "../task-card.ts";
import { homePaths } from "./home.ts";
import { homeArtifacts, openHomeMetadata } from "./home-stores.ts";

const listLimit = 1_000;

/** See the door of this room. */
export async function openRuns(home: string, places: StorePlaces = {}): Promise<Runs> {
  const metadata = metadataOf(home, places);
  const artifacts = await openArtifacts(homeArtifacts(home, places));
  const logs = { here: new FolderLogs(resolve(home)), stored: new StoredLogReader(artifacts) };
  return {
    list: async (filter) => (await metadata()).listRuns({ limit: listLimit, ...filter }),
    latest: async (flow) => (await (await metadata()).listRuns({ flow, limit: 1 }))[0] ?? null,
    read: async (run) => (await metadata()).readRun(run),
    summary: async (run) => {
      const { graph: _graph, code: _code, holder: _holder, ...summary } = await (await metadata()).readHead(run);
      return summary;
    },
    steps: async (run) => (await metadata()).readSteps(run),
    tasks: async (run, filter) => (await metadata()).readTasks(run, filter),
    task: async (run, step, key) => (await metadata()).readTask(run, step, key),
    tag: async (run, tags) => {
      const store = await metadata();
      await store.addTags(run, tags);
      return (await store.readHead(run)).tags ?? [];
    },
    untag: async (run, tags) => {
      const store = await metadata();
      await store.removeTags(run, tags);
      return (await store.readHead(run)).tags ?? [];
    },
    artifact: async (run, step) => {
      const { artifact } = stepOf(await (await metadata()).readSteps(run), run, step);
      if (artifact === null)
        throw new KindredError("not-found", { seen: "the step has no artifact yet", where: { run, step } });
      return JSON.parse(await loadArtifact(artifact, artifacts));
    },
    outcome: async (run, step, key) => {
      const { artifact } = await (await metadata()).readTask(run, step, key);
      return artifact === null ? null : await loadArtifact(artifact, artifacts);
    },
    card: async (run, step, key, attempt) => {
      const stored = cardOf(await (await metadata()).readTask(run, step, key), attempt);
      if (stored === undefined)
        throw new KindredError("not-found", { seen: "the task left no card", where: { run, step, task: key } });
      return JSON.parse(await loadArtifact(stored, artifacts)) as TaskCard;
    },
    insight: async (run) => insightOf(await (await metadata()).readRun(run), systemClock.nowMs()),
    timeLine: async (run) => timeLineOf(await (await metadata()).readRun(run), systemClock.nowMs()),
    logs: async (run, filter) => readLogs(logs, await (await metadata()).readRun(run), filter ?? {}),
    close: async () => (await metadata()).close(),
  };
}

/** Opens the metadata once there is any: looking at a home that has no runs yet makes none. */
function metadataOf(home: string, places: StorePlaces): () => Promise<MetadataStore> {
  const path = homePaths(resolve(home)).database;
  const isThere = (): boolean => places.metadata !== undefined || existsSync(path);
  let store: Promise<MetadataStore> | null = null;
  let isEmpty = true;
  return () => {
    if (store !== null && (!isEmpty || !isThere())) return store;
    isEmpty = !isThere();
    store = isEmpty ? openMetadata(":memory:") : openHomeMetadata(home, places);
    return store;
  };
}

function cardOf(
  { attempts }: TaskDetail,
  attempt: number | undefined,
): NonNullable<TaskDetail["attempts"][number]["card"]> | undefined {
  const asked = attempts.filter((each) => attempt === undefined || each.attempt === attempt);
  return asked.flatMap(({ card }) => card ?? []).at(-1);
}
