import { flushCompileCache } from "node:module";
import { lendOwnPackage } from "../../../base/index.ts";
import type { AnyFlow } from "../../flow.ts";
import { loadFlow } from "../../flow-module.ts";
import type { InputPaths } from "../../inputs/local-inputs.ts";
import type { ArtifactStore } from "../../store/artifact-store.ts";
import { openArtifacts } from "../../store/open-artifacts.ts";
import { ArtifactView } from "../../task/artifact-view.ts";
import type { TaskOrder } from "../../task/task-order.ts";
import { TaskRun } from "../../task/task-run.ts";
import { killTree } from "../pool/process-tree.ts";
import { IdleMemory } from "./idle-memory.ts";
import type { FromWorker, ToWorker, WorkerSetup } from "./protocol.ts";

/** How often a running task tells its progress at most; its use is told with it, so that both are known also if it is killed. */
const reportMs = 500;

interface Warm {
  readonly setup: WorkerSetup;
  readonly store: ArtifactStore;
  readonly artifacts: ArtifactView;
  readonly inputs: InputPaths;
  readonly flow: Promise<AnyFlow>;
}

const memory = new IdleMemory();
let warm: Promise<Warm> | null = null;
let current: TaskRun | null = null;

lendOwnPackage();
process.once("disconnect", () => killTree(process.pid));
printToLog(process.stdout);
printToLog(process.stderr);
process.on("message", (message: ToWorker) => {
  if (message.type === "setup") warm = warmUp(message);
  else if (message.type === "cancel") current?.cancel();
  else void warm?.then((ready) => work(ready, message.order));
});

async function warmUp(setup: WorkerSetup): Promise<Warm> {
  const store = await openArtifacts(setup.artifacts);
  const flow = load(setup, store);
  // Now, since a worker is killed in the end and would never write it.
  flow.then(() => flushCompileCache()).catch(() => "told by each task that awaits the flow");
  return { setup, store, artifacts: new ArtifactView(store), inputs: await inputsOf(setup, store), flow };
}

/** Most runs name no files: their workers need not load what finds them. */
async function inputsOf({ inputs, inputsFolder }: WorkerSetup, store: ArtifactStore): Promise<InputPaths> {
  if (inputs.length === 0) return { path: async (path) => path };
  const { LocalInputs } = await import("../../inputs/local-inputs.ts");
  return new LocalInputs(inputs, store, inputsFolder);
}

/** A run keeps its code: a worker that begins after the flow was edited loads what the others did. */
async function load({ flowModule, exportName, pinned }: WorkerSetup, store: ArtifactStore): Promise<AnyFlow> {
  if (pinned === undefined || pinned.pin.pack === null) return loadFlow(flowModule, exportName);
  const { moduleOfRun } = await import("../../code/run-module.ts");
  const { url } = await moduleOfRun({ flowModule, pin: pinned.pin }, store, pinned.folder);
  return loadFlow(url, exportName);
}

async function work({ setup, store, artifacts, inputs, flow }: Warm, order: TaskOrder): Promise<void> {
  memory.busy();
  const task = new TaskRun(setup, order, store, inputs);
  current = task;
  let reportedMs = 0;
  const report = (): void => {
    reportedMs = performance.now();
    send({ type: "progress", progress: task.progress, usage: task.meter.usage() });
  };
  const timer = setInterval(report, reportMs * 2);
  const outcome = await task.run(flow, artifacts, (news) => {
    if (news === "spent" || performance.now() - reportedMs > reportMs) report();
  });
  clearInterval(timer);
  current = null;
  send({ type: "ended", outcome, progress: task.progress, usage: task.meter.usage() });
  memory.idle();
}

function send(message: FromWorker): void {
  if (process.connected) process.send?.(message);
}

/** What a task prints belongs to its log; what is printed between tasks goes to the scheduler, which keeps the end of it. */
function printToLog(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream) as (chunk: string | Uint8Array) => boolean;
  stream.write = (chunk: string | Uint8Array, second?: unknown, third?: unknown): boolean => {
    if (current === null) write(chunk);
    else current.log.write("print", typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk));
    const done = typeof second === "function" ? second : third;
    if (typeof done === "function") process.nextTick(done as () => void);
    return true;
  };
}
