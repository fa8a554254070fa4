import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { KindredError, systemClock } from "../../base/index.ts";
import { moduleOfRun } from "../code/run-module.ts";
import { codeChanges, codeOf, isSameCode } from "../code-change.ts";
import type { AnyFlow, StepCode } from "../flow.ts";
import { loadFlow, moduleUrl } from "../flow-module.ts";
import { homePaths } from "../home/home-paths.ts";
import { homeArtifacts, openHomeMetadata } from "../home/home-stores.ts";
import { LocalInputs } from "../inputs/local-inputs.ts";
import { LogFile } from "../log/log-file.ts";
import type { RunCode, RunHead, StoredArtifact, TaskDetail } from "../run-record.ts";
import { planIndex, windowOf, windowRange } from "../scheduler/index.ts";
import { ancestorsOf, nodeOf, type StepGraph } from "../step-graph.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import { FolderStore } from "../store/folder-store.ts";
import type { MetadataReader, StoredStep } from "../store/metadata-store.ts";
import { openArtifacts } from "../store/open-artifacts.ts";
import { loadArtifact } from "../store/stored-artifact.ts";
import { ArtifactView } from "../task/artifact-view.ts";
import { readItemIndex, readItemPage } from "../task/read-items.ts";
import { secretsOf } from "../task/secrets.ts";
import type { TaskOrder, TaskOutcome } from "../task/task-order.ts";
import { TaskRun } from "../task/task-run.ts";
import type { TaskCard } from "../task-card.ts";
import { jsonChanges } from "./json-changes.ts";
import { OverlayStore } from "./overlay-store.ts";
import type { RerunOptions, RerunResult } from "./rerun-options.ts";

/** See the door of this room. */
export async function rerunTask(options: RerunOptions): Promise<RerunResult> {
  const paths = homePaths(resolve(options.home));
  const metadata = await openHomeMetadata(options.home, options);
  const folder = join(paths.temporary, `rerun-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    const past = await openArtifacts(homeArtifacts(options.home, options));
    return await rerunIn(options, metadata, past, folder);
  } finally {
    await metadata.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function rerunIn(
  options: RerunOptions,
  metadata: MetadataReader,
  past: ArtifactStore,
  folder: string,
): Promise<RerunResult> {
  const { run, step, key } = options;
  const head = await metadata.readHead(run);
  const { module, codeFrom } = await moduleOf(options, head.code, past);
  options.onModule?.(fileURLToPath(module), codeFrom);
  // Both take their time, and need nothing of each other.
  const loading = loadFlow(module, head.code.exportName);
  loading.catch(() => "told by the task that awaits it");
  const [task, sessions] = [await metadata.readTask(run, step, key), await metadata.readStoredSteps(run)];
  const before = task.attempts.at(-1);
  if (before === undefined)
    throw new KindredError("not-found", { seen: "the task has no attempt", where: { run, step } });
  const order = await orderOf(head.graph, task, step, sessions, past, folder);
  const store = new OverlayStore(past, new FolderStore(join(folder, "blobs")));
  const log = new LogFile(order.logPath, systemClock, options.logLevel, options.onLine);
  const secrets = secretsOf(head.graph, options.environment ?? {});
  const { params, dataSets } = head;
  const setup = { run: { id: run, flow: head.flow }, params, dataSets, secrets, isRerun: true };
  const inputs = new LocalInputs(head.inputs, store, join(folder, "inputs"));
  const taskRun = new TaskRun(setup, order, store, inputs, log);
  options.signal?.addEventListener("abort", () => taskRun.cancel());
  let beganMs = systemClock.nowMs();
  const flow = loading.then((loaded) =>
    watched(loaded, step, () => {
      beganMs = systemClock.nowMs();
      options.onCode?.();
    }),
  );
  const outcome = await taskRun.run(flow, new ArtifactView(store), () => {});
  const tookMs = systemClock.nowMs() - beganMs;
  const changes = await changedCode(options, head, loading);
  const [ended, card] = [await endOf(outcome, task, store), await cardOf(outcome, store)];
  const usage = taskRun.meter.usage();
  return { run, step, key, tookMs, card, before, ...ended, usage, codeFrom, codeChanges: changes };
}

/** Where the code that is run comes from. */
async function moduleOf(
  options: RerunOptions,
  code: RunCode,
  store: ArtifactStore,
): Promise<{ readonly module: string; readonly codeFrom: RerunResult["codeFrom"] }> {
  if (options.flowModule !== undefined) return { module: moduleUrl(options.flowModule), codeFrom: "given file" };
  const { url, isOriginal } = await moduleOfRun(code, store, homePaths(resolve(options.home)).code);
  return { module: url, codeFrom: isOriginal ? "run" : "package" };
}

/** The order of the attempt, with the same item and the same artifacts. */
async function orderOf(
  graph: StepGraph,
  { index, key, attempts }: TaskDetail,
  step: string,
  sessions: ReadonlyMap<string, StoredStep>,
  store: ArtifactStore,
  folder: string,
): Promise<TaskOrder> {
  const within = nodeOf(graph, step)?.within ?? null;
  const artifacts: Record<string, StoredArtifact> = {};
  for (const name of ancestorsOf(graph, step)) {
    const artifact = sessions.get(name)?.artifact ?? null;
    if (artifact !== null) artifacts[name] = artifact;
  }
  return {
    ...{ step, index, key, artifacts, attempt: attempts.length },
    item: await itemOf(sessions.get(step)?.items ?? null, index, store),
    outer: within === null ? null : (sessions.get(within)?.items ?? null),
    logPath: join(folder, "task.log"),
    temporaryFolder: join(folder, "work"),
  };
}

async function itemOf(items: StoredArtifact | null, index: number, store: ArtifactStore): Promise<string | null> {
  if (items === null || index === planIndex) return null;
  const window = windowOf(index);
  const pages = await readItemIndex(items, store);
  const page = await readItemPage(pages, window, store);
  if (page === null) return null;
  const { start } = windowRange(window, pages.width);
  return JSON.stringify(page.items[index - start] ?? null);
}

/** The flow with one step that tells when its code is called. */
function watched(flow: AnyFlow, step: string, onCode: () => void): AnyFlow {
  const code = flow.code.get(step);
  if (code === undefined) return flow;
  const task: StepCode["task"] = (context) => {
    onCode();
    return code.task(context);
  };
  return Object.assign(Object.create(Object.getPrototypeOf(flow)), flow, {
    code: new Map([...flow.code, [step, { ...code, task }]]),
  }) as AnyFlow;
}

async function endOf(
  outcome: TaskOutcome,
  task: TaskDetail,
  store: ArtifactStore,
): Promise<Pick<RerunResult, "status" | "outcome" | "error" | "isSame" | "changes">> {
  const error = task.attempts.at(-1)?.error ?? null;
  if (outcome.type === "failed") {
    const isSame = error?.message === outcome.error.message && error.code === outcome.error.code;
    return { status: "failed", outcome: null, error: outcome.error, isSame, changes: [] };
  }
  const text = await loadArtifact(outcome.artifact, store);
  const now: unknown = JSON.parse(text);
  const done = { status: "done", outcome: now, error: null } as const;
  if (task.artifact === null || error !== null) return { ...done, isSame: false, changes: [] };
  const old = await loadArtifact(task.artifact, store);
  return { ...done, isSame: old === text, changes: jsonChanges(JSON.parse(old), now) };
}

async function cardOf({ card }: TaskOutcome, store: ArtifactStore): Promise<TaskCard | null> {
  return card === null ? null : (JSON.parse(await loadArtifact(card, store)) as TaskCard);
}

async function changedCode(options: RerunOptions, head: RunHead, flow: Promise<AnyFlow>): Promise<string[]> {
  const here = await flow.catch(() => null);
  if (here === null) return [];
  const { exportName, pin } = head.code;
  const given = options.flowModule === undefined ? [] : [`the flow is that of ${moduleUrl(options.flowModule)}`];
  // By the hash: the graph of a run has the resources that were laid over for it, which change no code.
  const code = codeOf(here.graph, head.code.flowModule, exportName, options.codeVersion, pin);
  return isSameCode(head.code, code) ? given : [...given, ...codeChanges(head, { graph: here.graph, code })];
}
