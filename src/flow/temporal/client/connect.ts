import { Client, Connection } from "@temporalio/client";
import { KindredError } from "../../../base/index.ts";
import type { TemporalPlace } from "../temporal-place.ts";

/** Uses a client of the server, and closes its connection. @throws run-failed when no server answers */
export async function withClient<T>(place: TemporalPlace, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: place.address, connectTimeout: "10s" }).catch(
    (error: unknown) => {
      throw new KindredError("run-failed", {
        seen: `no Temporal server answers at ${place.address}: ${(error as Error).message}`,
        hint: "Start one, or name it: --address, KINDRED_TEMPORAL",
        cause: error,
      });
    },
  );
  try {
    return await use(new Client({ connection, namespace: place.namespace ?? "default" }));
  } finally {
    await connection.close();
  }
}
