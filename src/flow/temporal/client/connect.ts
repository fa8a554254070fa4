import { Client, Connection } from "@temporalio/client";
import { checkNamespace } from "../check-namespace.ts";
import { noServer } from "../no-server.ts";
import type { TemporalPlace } from "../temporal-place.ts";

/**
 * Uses a client of the server, and closes its connection.
 * @throws run-failed when no server answers, config-invalid when it does not have the namespace
 */
export async function withClient<T>(place: TemporalPlace, use: (client: Client) => Promise<T>): Promise<T> {
  const { address } = place;
  const connection = await Connection.connect({ address, connectTimeout: "10s" }).catch((error: unknown) => {
    throw noServer(address, error);
  });
  try {
    await checkNamespace(place, connection);
    return await use(clientOf(place, connection));
  } finally {
    await connection.close();
  }
}

/** A server that is back is found again within so long by who looks on. */
const reconnectMs = 2_000;

/**
 * A client for looking: it connects when it is first asked, and again when the connection was lost. Where nobody listens a question fails at
 * once, and is not repeated. Whoever asked for it closes its connection.
 */
export function lookingClient(place: TemporalPlace): Client {
  const channelArgs = { "grpc.max_reconnect_backoff_ms": reconnectMs };
  return clientOf(place, Connection.lazy({ address: place.address, interceptors: [], channelArgs }));
}

function clientOf({ namespace }: TemporalPlace, connection: Connection): Client {
  return new Client({ connection, namespace: namespace ?? "default" });
}
