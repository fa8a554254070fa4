import { join } from "node:path";
import type { Command } from "commander";
import { isKindredError } from "../../base/index.ts";
import { wholeNumber } from "../link-options.ts";
import { publishedDirectory } from "../published.ts";
import { openSession } from "../session.ts";
import { untilAborted } from "../until-aborted.ts";

interface Options {
  readonly json?: boolean;
  readonly dir?: string;
  readonly port: number;
  /** The address to listen at, not the host of runs, which `--host` names elsewhere. */
  readonly host: string;
}

/** `kindred ui`: the graph, the merges, the runs and the data sets in a browser. */
export function addUi(program: Command): void {
  program
    .command("ui")
    .summary("the graph, the merges, the runs and the data sets in a browser")
    .description("look at the graph, the merges, the runs and the data sets in a browser")
    .option("--dir <folder>", "the published folder (default: the one published last)")
    .option("--port <port>", "0 takes any free one", wholeNumber(0, 65_535), 4173)
    .option("--host <address>", "where to listen; anything but this machine opens it to the network", "127.0.0.1")
    .option("--json", "print the address as JSON")
    .action(ui);
}

async function ui(options: Options): Promise<void> {
  const { terminal, home, places, runPlaces, host } = openSession({ json: options.json === true });
  const folder = shownFolder(home, options.dir);
  const [{ openGraph }, { startServer }, { publishedPort }, { productionPort }, { pageAssets }] = await Promise.all([
    import("../../graph/index.ts"),
    import("../../serve/index.ts"),
    import("../ui/published-port.ts"),
    import("../ui/production-port.ts"),
    import("../ui/assets.ts"),
  ]);
  const directory = await publishedNow(folder, options.dir);
  const pipelineHost = host();
  const production = productionPort(home, places);
  const server = await startServer({
    host: options.host,
    port: options.port,
    home,
    places: runPlaces,
    openGraph: async () => openGraph(join(await folder(), "graph")),
    linkage: publishedPort(folder, pipelineHost),
    production,
    assets: await pageAssets(),
  });
  terminal.result({ url: server.url, directory }, () => {
    terminal.line(`Kindred shows ${directory ?? `the runs of ${home}`} at ${terminal.style("bold", server.url)}`);
    if (directory === null) terminal.line("No graph is published yet: kindred demo or kindred link makes one.");
    terminal.line("Ctrl-C ends it.");
  });
  await untilAborted(pipelineHost.signal);
  await server.close();
  await production.close();
}

/** The published folder, looked for until there is one: a graph may be published while its pages are open. */
function shownFolder(home: string, named: string | undefined): () => Promise<string> {
  let found: string | undefined;
  return async () => {
    found ??= await publishedDirectory(home, named);
    return found;
  };
}

/** The folder as it is now; null where nothing is published. Told now, and not by the first page, when it is not one of ours. */
async function publishedNow(folder: () => Promise<string>, named: string | undefined): Promise<string | null> {
  const { openLinkage } = await import("../../pipelines/index.ts");
  try {
    const directory = await folder();
    await openLinkage(directory);
    return directory;
  } catch (error) {
    if (named === undefined && isKindredError(error) && error.code === "not-found") return null;
    throw error;
  }
}
