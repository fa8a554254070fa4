import { join } from "node:path";
import type { Command } from "commander";
import type { Graph } from "../graph/index.ts";
import { wholeNumber } from "./link-options.ts";
import { publishedDirectory } from "./published.ts";
import { type CommonOptions, openSession, type Session } from "./session.ts";

/** Options of the commands that read a published graph. */
export interface GraphOptions extends CommonOptions {
  readonly dir?: string;
  readonly limit: number;
}

/** Declares the options of a command that reads a published graph. */
export function addGraphOptions(command: Command, limit = 10): Command {
  return command
    .option("--dir <folder>", "the published folder to read (default: the one published last)")
    .option("--limit <count>", "how many to show", wholeNumber(1, 1000), limit)
    .option("--json", "print one JSON document");
}

/** Opens the session of a command together with the published graph. */
export async function openGraphSession(
  options: GraphOptions,
): Promise<Session & { readonly graph: Graph; readonly directory: string }> {
  const session = openSession(options);
  const directory = await publishedDirectory(session.home, options.dir);
  const { openGraph } = await import("../graph/index.ts");
  return { ...session, directory, graph: await openGraph(join(directory, "graph")) };
}
