import { type ServerType, serve } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { KindredError } from "../base/index.ts";
import { openRuns } from "../flow/index.ts";
import { assetName } from "./asset-name.ts";
import { GraphHolder } from "./graph-holder.ts";
import { guard } from "./guard.ts";
import { answerProblem, HttpProblem } from "./http-problem.ts";
import { bracketed, ownHosts } from "./own-hosts.ts";
import { graphRoutes } from "./routes/graph-routes.ts";
import { linkageRoutes } from "./routes/linkage-routes.ts";
import { productionRoutes } from "./routes/production-routes.ts";
import { runRoutes } from "./routes/run-routes.ts";
import type { RunningServer, ServerOptions } from "./server-options.ts";

/** A decision is small; nothing else is posted. */
const bodyBytesMax = 64 * 1024;

/**
 * Serves the pages and the API they ask, on this machine only unless told otherwise.
 * @throws argument-invalid when the port is taken or may not be used
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const host = options.host ?? "127.0.0.1";
  const graphs = new GraphHolder(options.openGraph);
  const runs = await openRuns(options.home, options.places);
  let isOwnHost: (name: string) => boolean = () => false;
  const app = new Hono()
    .onError(answerProblem)
    .use(guard((name) => isOwnHost(name)))
    .use(
      bodyLimit({
        maxSize: bodyBytesMax,
        onError: () => {
          throw new HttpProblem(413, "limit-exceeded", `a body over ${bodyBytesMax} bytes`);
        },
      }),
    )
    .route("/api", graphRoutes(graphs, options.linkage, runs))
    .route("/api", linkageRoutes(options.linkage, graphs))
    .route("/api", runRoutes(runs))
    .route("/api", productionRoutes(options.production))
    .all("/api/*", nothingThere)
    .get("/*", async (context) => {
      const name = assetName(context.req.path);
      const asset = name === undefined ? undefined : await options.assets(name);
      if (!asset) return nothingThere(context);
      return context.body(asset.body as string, 200, { "Content-Type": asset.type });
    })
    .notFound(nothingThere);
  const { server, port } = await listen(app, host, options.port).catch(async (error: unknown) => {
    await runs.close();
    throw error;
  });
  isOwnHost = ownHosts(host, port);
  return {
    url: `http://${bracketed(host)}:${port}/`,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
      await graphs.renew();
      await runs.close();
    },
  };
}

function listen(app: Hono, hostname: string, port: number): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, (address) => resolve({ server, port: address.port }));
    server.once("error", (cause: NodeJS.ErrnoException) =>
      reject(
        new KindredError("argument-invalid", {
          seen: `cannot listen on ${hostname}:${port} (${cause.code})`,
          expected: "a free port",
          hint: "Choose another with --port; 0 takes any free one",
          cause,
        }),
      ),
    );
  });
}

function nothingThere({ req }: Context): never {
  throw new HttpProblem(404, "not-found", `there is no ${req.method} ${req.path}`);
}
