import type { Command } from "commander";
import { KindredError } from "../base/index.ts";
import type { TemporalPlace } from "../flow/index.ts";

/** Options of commands that may have a cluster run what they start. */
export interface ClusterOptions {
  readonly host?: string;
  readonly address?: string;
}

/** Declares them. */
export function addClusterOptions(command: Command): Command {
  const host = "local, or temporal: the workers of a cluster (default: KINDRED_HOST, else local)";
  return addAddressOption(command.optionsGroup("Where it runs:").option("--host <where>", host));
}

/** Declares which Temporal server is meant. */
export function addAddressOption(command: Command): Command {
  return command.option(
    "--address <host:port>",
    `the Temporal server (default: KINDRED_TEMPORAL, else ${localAddress})`,
  );
}

/** The server that is named where nothing else is said. */
const localAddress = "127.0.0.1:7233";

/**
 * The cluster of a Temporal server: `--address` or `KINDRED_TEMPORAL`, `KINDRED_TEMPORAL_NAMESPACE`, and what the names of the
 * queues begin with in `KINDRED_TEMPORAL_QUEUES`.
 */
export function temporalPlace(
  options: ClusterOptions,
  env: Readonly<Record<string, string | undefined>>,
): TemporalPlace {
  return {
    address: options.address ?? (env.KINDRED_TEMPORAL || localAddress),
    namespace: env.KINDRED_TEMPORAL_NAMESPACE || undefined,
    prefix: env.KINDRED_TEMPORAL_QUEUES || undefined,
  };
}

/** Where `--host` or `KINDRED_HOST` says that a run is run: undefined for this machine. @throws argument-invalid */
export function clusterOf(
  options: ClusterOptions,
  env: Readonly<Record<string, string | undefined>>,
): TemporalPlace | undefined {
  const host = options.host ?? (env.KINDRED_HOST || "local");
  if (host === "temporal") return temporalPlace(options, env);
  if (host === "local") return undefined;
  throw new KindredError("argument-invalid", { seen: `--host ${host}`, expected: "local or temporal" });
}
