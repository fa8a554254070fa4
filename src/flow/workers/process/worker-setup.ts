import type { RunHead } from "../../run-record.ts";
import type { ArtifactPlace } from "../../store/open-artifacts.ts";
import { secretsOf } from "../../task/secrets.ts";
import type { LogLevel } from "../../task-context.ts";
import type { PinnedCode, WorkerSetup } from "./protocol.ts";

/** What of a machine a worker process is set up with. */
export interface SetupPlace {
  /** The flow's module on this machine. */
  readonly flowModule: string;
  /** What the module is to be; absent where that was looked at before. */
  readonly pinned?: PinnedCode | undefined;
  readonly artifacts: ArtifactPlace;
  /** Where files that params name are, when they came through the store. */
  readonly inputsFolder: string;
  /** Where the secrets of steps are looked up. */
  readonly environment: Readonly<Record<string, string | undefined>> | undefined;
  readonly logLevel?: LogLevel | undefined;
}

/** What the worker processes of a run are set up with, on whichever host. */
export function workerSetup(head: RunHead, place: SetupPlace): WorkerSetup {
  const { flowModule, pinned, artifacts, environment = {}, logLevel } = place;
  return {
    type: "setup",
    ...{ flowModule, artifacts, exportName: head.code.exportName },
    ...(pinned === undefined ? {} : { pinned }),
    run: { id: head.run, flow: head.flow },
    ...{ params: head.params, dataSets: head.dataSets, inputs: head.inputs },
    inputsFolder: place.inputsFolder,
    secrets: secretsOf(head.graph, environment),
    ...(logLevel === undefined ? {} : { logLevel }),
  };
}
