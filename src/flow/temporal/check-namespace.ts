import { isGrpcServiceError, type WorkflowService } from "@temporalio/client";
import { KindredError, systemClock } from "../../base/index.ts";
import { noServer } from "./no-server.ts";
import type { TemporalPlace } from "./temporal-place.ts";

/** gRPC's number for something that is not there. */
const notFoundStatus = 5;

/** What a connection asks its server by, whether it is a client's or a worker's. */
export interface ServerConnection {
  readonly workflowService: Pick<WorkflowService, "describeNamespace">;
  withDeadline<T>(deadline: number, ask: () => Promise<T>): Promise<T>;
}

const patienceMs = 10_000;

/**
 * Asks for the namespace before anything is made that needs it: a run that no workflow holds is left behind otherwise, and a
 * worker whose namespace is not there never ends.
 * @throws config-invalid when the server has no such namespace, run-failed when it does not answer
 */
export async function checkNamespace(
  place: TemporalPlace,
  connection: ServerConnection,
  waitMs = patienceMs,
): Promise<void> {
  const { address, namespace = "default" } = place;
  const ask = () => connection.workflowService.describeNamespace({ namespace });
  try {
    await connection.withDeadline(systemClock.nowMs() + waitMs, ask);
  } catch (error) {
    if (isGrpcServiceError(error) && Number(error.code) === notFoundStatus)
      throw noNamespace(address, namespace, error);
    throw noServer(address, error);
  }
}

function noNamespace(address: string, namespace: string, cause: unknown): KindredError {
  return new KindredError("config-invalid", {
    seen: `the Temporal server at ${address} has no namespace ${namespace}`,
    hint: `Name one that it has in KINDRED_TEMPORAL_NAMESPACE, or make it: temporal operator namespace create -n ${namespace}`,
    cause,
  });
}
