import { join } from "node:path";
import type { Command } from "commander";
import { wholeNumber } from "../link-options.ts";
import { publishedDirectory } from "../published.ts";
import { openSession } from "../session.ts";

interface Options {
  readonly json?: boolean;
  readonly dir?: string;
  readonly port: number;
  /** The address to listen at, not the host of runs, which `--host` names elsewhere. */
  readonly host: string;
}

/** `kindred ui`: the graph, the merges and the runs in a browser. */
export function addUi(program: Command): void {
  program
    .command("ui")
    .summary("the graph, the merges and the runs in a browser")
    .description("look at the graph, the merges and the runs in a browser")
    .option("--dir <folder>", "the published folder (default: the one published last)")
    .option("--port <port>", "0 takes any free one", wholeNumber(0, 65_535), 4173)
    .option("--host <address>", "where to listen; anything but this machine opens it to the network", "127.0.0.1")
    .option("--json", "print the address as JSON")
    .action(ui);
}

async function ui(options: Options): Promise<void> {
  const { terminal, home, places, host } = openSession({ json: options.json === true });
  const directory = await publishedDirectory(home, options.dir);
  const [{ openGraph }, { startServer }, { openLinkage }, { publishedPort }, { pageAssets }] = await Promise.all([
    import("../../graph/index.ts"),
    import("../../serve/index.ts"),
    import("../../pipelines/index.ts"),
    import("../ui/published-port.ts"),
    import("../ui/assets.ts"),
  ]);
  // Told now, and not by the first page, when the folder is not one of ours.
  await openLinkage(directory);
  const pipelineHost = host();
  const server = await startServer({
    host: options.host,
    port: options.port,
    home,
    places,
    openGraph: () => openGraph(join(directory, "graph")),
    linkage: publishedPort(directory, pipelineHost),
    assets: await pageAssets(),
  });
  terminal.result({ url: server.url, directory }, () => {
    terminal.line(`Kindred shows ${directory} at ${terminal.style("bold", server.url)}`);
    terminal.line("Ctrl-C ends it.");
  });
  await new Promise<void>((resolve) => pipelineHost.signal?.addEventListener("abort", () => resolve()));
  await server.close();
}
