import { Client, Connection } from "@temporalio/client";
import { checkNamespace } from "../check-namespace.ts";
import { noServer } from "../no-server.ts";
import type { TemporalPlace } from "../temporal-place.ts";

/** Connects to the server; whoever asked closes the connection. @throws run-failed when no server answers in time */
export async function connect({ address, namespace }: TemporalPlace, timeoutMs = 10_000): Promise<Client> {
  const connection = await Connection.connect({ address, connectTimeout: timeoutMs }).catch((error: unknown) => {
    throw noServer(address, error);
  });
  return new Client({ connection, namespace: namespace ?? "default" });
}

/**
 * Uses a client of the server, and closes its connection.
 * @throws run-failed when no server answers, config-invalid when it does not have the namespace
 */
export async function withClient<T>(place: TemporalPlace, use: (client: Client) => Promise<T>): Promise<T> {
  const client = await connect(place);
  try {
    await checkNamespace(place, client.connection);
    return await use(client);
  } finally {
    await client.connection.close();
  }
}
