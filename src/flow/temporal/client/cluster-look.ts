import { type Client, WorkflowNotFoundError } from "@temporalio/client";
import { systemClock } from "../../../base/index.ts";
import type { RunHead } from "../../run-record.ts";
import type { RunWait } from "../../run-waits.ts";
import type { MetadataReader } from "../../store/metadata-store.ts";
import { heldWorkflowId, serverQueue } from "../names.ts";
import { openQueues } from "../open-queues.ts";

/** A worker that is free asks for a task once a minute at least: Temporal holds its question for so long. */
const asksWithinMs = 70_000;

/** As Temporal numbers the kinds of queues. */
const activityTasks = 2;

/** As Temporal numbers the states of an activity that is not over: one that a worker has, and that heard that it is to end. */
const withWorker: readonly unknown[] = [2, 3];

/** Windows of a run that are asked what is done of them: a run has but a few open. */
const windowsMax = 50;

/** What there is to do for the workers of queues, besides what each of them does for any run. */
const taskActivity = "runBatch";

/**
 * One look at a cluster: which runs wait since no worker asks for their tasks. None was started for their queue, all died, or all are
 * busy with other runs. A worker that has a task of the run asks for no other one, so queues of which something runs are waited for
 * by nobody. Each queue is asked about once, however many runs wait for it.
 */
export class ClusterLook {
  private readonly client: Client;
  private readonly prefix: string;
  private readonly askedFor = new Map<string, Promise<boolean>>();

  constructor(client: Client, prefix: string) {
    this.client = client;
    this.prefix = prefix;
  }

  /** Null for a run that waits for nothing, and for one whose workflow is over or on another server. */
  async waitOf(
    metadata: Pick<MetadataReader, "readSteps">,
    { run, graph, status, holder }: RunHead,
  ): Promise<RunWait | null> {
    if (holder?.kind !== "workflow") return null;
    // Any worker would renew the lease of the run: it ran out since there is none.
    const isLetGo = status !== "running";
    const open = [...openQueues(graph, await metadata.readSteps(run))];
    const lonely = await Promise.all(open.map(async ([queue]) => isLetGo || !(await this.isAskedFor(queue))));
    if (!lonely.includes(true)) return null;
    const busy = await this.busyQueues(heldWorkflowId(this.prefix, run, holder.workflowId));
    if (busy === null) return null;
    const isWaiting = ([queue]: (typeof open)[number], place: number): boolean =>
      lonely[place] === true && !busy.has(serverQueue(this.prefix, queue)) && !busy.has(anyQueue);
    const queues = open.filter(isWaiting).map(([queue, nodes]) => ({ queue, steps: nodes.map(({ name }) => name) }));
    return queues.length === 0 ? null : { queues, isIdle: busy.size === 0 };
  }

  private isAskedFor(queue: string): Promise<boolean> {
    const known = this.askedFor.get(queue) ?? this.askAbout(queue);
    this.askedFor.set(queue, known);
    return known;
  }

  private async askAbout(queue: string): Promise<boolean> {
    const { pollers } = await this.client.workflowService.describeTaskQueue({
      namespace: this.client.options.namespace,
      taskQueue: { name: serverQueue(this.prefix, queue) },
      taskQueueType: activityTasks,
    });
    const sinceSeconds = (systemClock.nowMs() - asksWithinMs) / 1_000;
    return (pollers ?? []).some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) > sinceSeconds);
  }

  /** The queues whose workers have tasks of a run: what its metadata says to run may have died with its worker. Null for no open workflow. */
  private async busyQueues(workflowId: string): Promise<ReadonlySet<string> | null> {
    const own = await this.openWorkflow(workflowId);
    if (own === null) return null;
    const windows = (own.pendingChildren ?? []).slice(0, windowsMax).flatMap((child) => child.workflowId ?? []);
    const all = [own, ...(await Promise.all(windows.map((window) => this.openWorkflow(window))))];
    const tasks = all
      .flatMap((each) => each?.pendingActivities ?? [])
      .filter(({ activityType, state }) => activityType?.name === taskActivity && withWorker.includes(state));
    return new Set(tasks.map(({ activityOptions }) => activityOptions?.taskQueue?.name ?? anyQueue));
  }

  private async openWorkflow(workflowId: string): Promise<OpenWorkflow | null> {
    const described = await this.client.workflow
      .getHandle(workflowId)
      .describe()
      .catch((error: unknown) => {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      });
    return described?.status.name === "RUNNING" ? described.raw : null;
  }
}

type OpenWorkflow = Awaited<ReturnType<ReturnType<Client["workflow"]["getHandle"]>["describe"]>>["raw"];

/** Of servers that do not say which queue an activity is of. */
const anyQueue = "";
