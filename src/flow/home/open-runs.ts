import { statSync } from "node:fs";
import { resolve } from "node:path";
import { KindredError } from "../../base/index.ts";
import { FolderLogs } from "../log/folder-logs.ts";
import { type LoggedRun, readLogs, stepOf } from "../log/read-logs.ts";
import { StoredLogReader } from "../log/stored-log-reader.ts";
import type { TaskDetail } from "../run-record.ts";
import type { LogFilter, RunPlaces, Runs } from "../runs.ts";
import type { MetadataStore } from "../store/metadata-store.ts";
import { openArtifacts } from "../store/open-artifacts.ts";
import { openMetadata } from "../store/open-metadata.ts";
import type { StorePlaces } from "../store/store-places.ts";
import { loadArtifact } from "../store/stored-artifact.ts";
import type { TaskCard } from "../task-card.ts";
import { WaitReader } from "../temporal/wait-reader.ts";
import { homePaths } from "./home-paths.ts";
import { homeArtifacts, openHomeMetadata } from "./home-stores.ts";

const listLimit = 1_000;

/** See the door of this room. */
export async function openRuns(home: string, places: RunPlaces = {}): Promise<Runs> {
  const metadata = metadataOf(home, places);
  const artifacts = await openArtifacts(homeArtifacts(home, places));
  const logs = { here: new FolderLogs(homePaths(resolve(home)).logs), stored: new StoredLogReader(artifacts) };
  const waits = new WaitReader(places.temporal);
  return {
    list: async (filter) => (await metadata.open()).listRuns({ limit: listLimit, ...filter }),
    latest: async (flow) => (await (await metadata.open()).listRuns({ flow, limit: 1 }))[0] ?? null,
    read: async (run) => (await metadata.open()).readRun(run),
    waits: async (runs) => waits.read(await metadata.open(), runs),
    summary: async (run) => {
      const { graph: _graph, code: _code, holder: _holder, ...summary } = await (await metadata.open()).readHead(run);
      return summary;
    },
    steps: async (run) => (await metadata.open()).readSteps(run),
    tasks: async (run, filter) => (await metadata.open()).readTasks(run, filter),
    task: async (run, step, key) => (await metadata.open()).readTask(run, step, key),
    tag: async (run, tags) => {
      const store = await metadata.open();
      await store.addTags(run, tags);
      return (await store.readHead(run)).tags ?? [];
    },
    untag: async (run, tags) => {
      const store = await metadata.open();
      await store.removeTags(run, tags);
      return (await store.readHead(run)).tags ?? [];
    },
    artifact: async (run, step) => {
      const { artifact } = stepOf(await (await metadata.open()).readSteps(run), run, step);
      if (artifact === null)
        throw new KindredError("not-found", { seen: "the step has no artifact yet", where: { run, step } });
      return JSON.parse(await loadArtifact(artifact, artifacts));
    },
    outcome: async (run, step, key) => {
      const { artifact } = await (await metadata.open()).readTask(run, step, key);
      return artifact === null ? null : await loadArtifact(artifact, artifacts);
    },
    card: async (run, step, key, attempt) => {
      const stored = cardOf(await (await metadata.open()).readTask(run, step, key), attempt);
      if (stored === undefined)
        throw new KindredError("not-found", { seen: "the task left no card", where: { run, step, task: key } });
      return JSON.parse(await loadArtifact(stored, artifacts)) as TaskCard;
    },
    logs: async (run, filter = {}) => readLogs(logs, await loggedRun(await metadata.open(), run, filter), filter),
    close: async () => {
      await Promise.all([waits.close(), metadata.close()]);
    },
  };
}

/** The metadata of a home, opened when it is first asked for. */
interface HomeMetadata {
  open(): Promise<MetadataStore>;
  close(): Promise<void>;
}

/**
 * Looking at a home that has no runs yet makes none; who looks for long sees the first run, and a home that was removed and
 * made anew. What could not be opened is tried again.
 */
function metadataOf(home: string, places: StorePlaces): HomeMetadata {
  const path = homePaths(resolve(home)).database;
  const opened = new Set<Promise<MetadataStore>>();
  let current: { readonly edition: number; readonly store: Promise<MetadataStore> } | null = null;
  return {
    open: () => {
      const edition = places.metadata === undefined ? (statSync(path, { throwIfNoEntry: false })?.ino ?? 0) : 1;
      if (current?.edition === edition) return current.store;
      const store = edition === 0 ? openMetadata(":memory:") : openHomeMetadata(home, places);
      current = { edition, store };
      opened.add(store);
      store.catch(() => {
        opened.delete(store);
        if (current?.store === store) current = null;
      });
      return store;
    },
    // A request may be reading what was replaced: it is closed at the end, with the others.
    close: async () => {
      for (const store of opened) await (await store).close();
    },
  };
}

/** Of a run as much as its logs ask for: of one task that task alone, whatever else there is in a step of 100,000. */
async function loggedRun(metadata: MetadataStore, run: string, { step, key }: LogFilter): Promise<LoggedRun> {
  if (step === undefined || key === undefined) return metadata.readRun(run);
  const steps = await metadata.readSteps(run);
  const { artifact: _, ...task } = await metadata.readTask(run, stepOf(steps, run, step).step, key);
  return { run, steps: steps.map((each) => ({ ...each, tasks: each.step === step ? [task] : [] })) };
}

function cardOf(
  { attempts }: TaskDetail,
  attempt: number | undefined,
): NonNullable<TaskDetail["attempts"][number]["card"]> | undefined {
  const asked = attempts.filter((each) => attempt === undefined || each.attempt === attempt);
  return asked.flatMap(({ card }) => card ?? []).at(-1);
}
