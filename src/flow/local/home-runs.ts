import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { KindredError } from "../../base/index.ts";
import type { StepRecord, TaskRecord } from "../run-record.ts";
import type { Runs, TaskLogText } from "../runs.ts";
import type { MetadataStore } from "../store/metadata-store.ts";
import { openArtifacts } from "../store/open-artifacts.ts";
import { openMetadata } from "../store/open-metadata.ts";
import type { StorePlaces } from "../store/store-places.ts";
import { loadArtifact } from "../task/artifact-view.ts";
import { homePaths, logPath } from "./home.ts";
import { homeArtifacts, openHomeMetadata } from "./home-stores.ts";

const listLimit = 1_000;

/** See the door of this room. */
export async function openRuns(home: string, places: StorePlaces = {}): Promise<Runs> {
  const metadata = metadataOf(home, places);
  const artifacts = await openArtifacts(homeArtifacts(home, places));
  return {
    list: async (filter) => (await metadata()).listRuns({ limit: listLimit, ...filter }),
    latest: async (flow) => (await (await metadata()).listRuns({ flow, limit: 1 }))[0] ?? null,
    read: async (run) => (await metadata()).readRun(run),
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
      const { artifact } = stepOf((await (await metadata()).readRun(run)).steps, run, step);
      if (artifact === null)
        throw new KindredError("not-found", { seen: "the step has no artifact yet", where: { run, step } });
      return JSON.parse(await loadArtifact(artifact, artifacts));
    },
    logs: async (run, step, key) => {
      const { steps } = await (await metadata()).readRun(run);
      const asked = step === undefined ? steps : [stepOf(steps, run, step)];
      const found = asked.flatMap((each) =>
        each.tasks.filter((task) => key === undefined || task.key === key).map((task) => ({ each, task })),
      );
      if (key !== undefined && found.length === 0) throw noTask(run, step, key);
      return (await Promise.all(found.map(({ each, task }) => logsOf(resolve(home), run, each, task)))).flat();
    },
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

async function logsOf(
  home: string,
  run: string,
  { step }: StepRecord,
  { key, attempts }: TaskRecord,
): Promise<TaskLogText[]> {
  return Promise.all(
    attempts.map(async ({ attempt }) => {
      const path = logPath(home, run, step, key, attempt);
      return { step, key, attempt, path, text: await readFile(path, "utf8").catch(() => "") };
    }),
  );
}

function stepOf(steps: readonly StepRecord[], run: string, name: string): StepRecord {
  const step = steps.find((each) => each.step === name);
  if (step !== undefined) return step;
  const expected = `one of ${steps.map((each) => each.step).join(", ")}`;
  throw new KindredError("not-found", { seen: `no step "${name}"`, expected, where: { run } });
}

function noTask(run: string, step: string | undefined, key: string): KindredError {
  const where = step === undefined ? { run } : { run, step };
  return new KindredError("not-found", {
    seen: `no task "${key}" that began`,
    hint: `kindred show ${run} lists them`,
    where,
  });
}
