import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { KindredError } from "../../base/index.ts";
import { addAddressOption, temporalPlace } from "../cluster.ts";
import { collect, wholeNumber } from "../link-options.ts";
import { type CommonOptions, openSession } from "../session.ts";

interface Options extends CommonOptions {
  readonly queue: readonly string[];
  readonly workers?: number;
}

/** `kindred worker`: runs tasks for a cluster, on any number of machines, until it is asked to end. */
export function addWorker(program: Command): void {
  addAddressOption(program.command("worker"))
    .summary("run tasks of a cluster on this machine")
    .description("run tasks of runs on Temporal: start one on every machine (Ctrl-C ends it; its tasks go elsewhere)")
    .option(
      "--queue <name>",
      "tasks of which resources: cpu1, cpu2, cpu1-llm … (repeatable; default cpu1)",
      collect,
      [],
    )
    .option("--workers <count>", "cores to use (default: all)", wholeNumber(1, 256))
    .action(work);
}

async function work(options: Options): Promise<void> {
  const { terminal, home, places, host } = openSession(options);
  const { metadata } = places;
  if (metadata === undefined || places.artifacts === undefined) throw noStores();
  const { runClusterWorker } = await import("../../flow/index.ts");
  const temporal = temporalPlace(options, process.env);
  const queues = options.queue.length === 0 ? ["cpu1"] : options.queue;
  const { signal } = host();
  await runClusterWorker({
    ...{ ...places, metadata, temporal, queues, home, environment: process.env },
    workers: options.workers ?? availableParallelism(),
    ...(signal === undefined ? {} : { signal }),
    onReady: () => terminal.note(`works on ${queues.join(", ")} of ${temporal.address}`),
    onWarning: (message) => terminal.note(message),
  });
}

function noStores(): KindredError {
  return new KindredError("config-invalid", {
    seen: "a worker without the stores of its cluster",
    expected: "KINDRED_METADATA=postgres://USER@HOST/DATABASE and KINDRED_ARTIFACTS=s3://BUCKET/PREFIX",
    hint: "docs/guide/cluster.md sets a cluster up from zero",
  });
}
