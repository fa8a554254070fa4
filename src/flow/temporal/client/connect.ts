import { Client, Connection } from "@temporalio/client";
import { noServer } from "../no-server.ts";
import type { TemporalPlace } from "../temporal-place.ts";

/** Uses a client of the server, and closes its connection. @throws run-failed when no server answers */
export async function withClient<T>(place: TemporalPlace, use: (client: Client) => Promise<T>): Promise<T> {
  const { address } = place;
  const connection = await Connection.connect({ address, connectTimeout: "10s" }).catch((error: unknown) => {
    throw noServer(address, error);
  });
  try {
    return await use(new Client({ connection, namespace: place.namespace ?? "default" }));
  } finally {
    await connection.close();
  }
}
