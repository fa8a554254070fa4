import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { KindredError } from "../base/index.ts";
import { GraphHolder } from "./graph-holder.ts";
import { guard } from "./guard.ts";
import { answerProblem, HttpProblem } from "./http-problem.ts";
import { graphRoutes } from "./routes/graph-routes.ts";
import { linkageRoutes } from "./routes/linkage-routes.ts";
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
    .route("/api", graphRoutes(graphs, options.linkage, options.home))
    .route("/api", linkageRoutes(options.linkage, graphs))
    .route("/api", runRoutes(options.home))
    .all("/api/*", (context) => {
      throw new HttpProblem(404, "not-found", `there is no ${context.req.path}`);
    })
    .get("/*", async (context) => {
      const asset = await options.assets(context.req.path === "/" ? "index.html" : context.req.path.slice(1));
      if (!asset) throw new HttpProblem(404, "not-found", `there is no ${context.req.path}`);
      return context.body(asset.body as string, 200, { "Content-Type": asset.type });
    });
  const { server, port } = await listen(app, host, options.port);
  isOwnHost = ownHosts(host, port);
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}/`,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
      await graphs.renew();
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

/**
 * The names this server goes by: what it was bound to, and the usual names of this machine where it is bound to itself.
 * Bound to every address, it may be called by any name: whoever asked for that opened it to the network.
 */
function ownHosts(host: string, port: number): (name: string) => boolean {
  if (host === "0.0.0.0" || host === "::") return () => true;
  const local = ["127.0.0.1", "localhost", "::1"];
  const names = local.includes(host) ? ["127.0.0.1", "localhost", "[::1]"] : [host];
  return (name) => names.some((own) => name === `${own}:${port}`);
}
