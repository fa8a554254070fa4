import type { MiddlewareHandler } from "hono";
import { HttpProblem } from "./http-problem.ts";

/** The header that a page of another site cannot send without being asked for leave first. */
const ownHeader = "x-kindred";

/** What only our own pages may do, and what a browser may do with them. */
const headers = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
} as const;

/**
 * Keeps other sites out. A name that resolves to this machine (DNS rebinding) is told by its Host header, a form or script
 * of another site by the content type, the own header and its Origin.
 * @param isOwnHost whether a Host header is ours
 */
export function guard(isOwnHost: (host: string) => boolean): MiddlewareHandler {
  return async (context, next) => {
    // Set before anything can fail, so that a refusal carries them too.
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    const isApi = context.req.path.startsWith("/api/");
    if (isApi) context.header("Cache-Control", "no-store");
    const host = context.req.header("host") ?? "";
    if (!isOwnHost(host)) throw new HttpProblem(403, "refused", `the host "${host}" is not this server`);
    if (isApi) assertOwnSite(context.req.header("sec-fetch-site"));
    if (context.req.method !== "GET" && context.req.method !== "HEAD") assertOwnPage(context.req.raw, host);
    await next();
  };
}

/**
 * A picture or a frame of another site may ask for any address, and what costs time would be done though that site reads nothing of
 * it. Browsers say who asks; programs that are none say nothing.
 */
function assertOwnSite(site: string | undefined): void {
  if (site === undefined || site === "same-origin" || site === "none") return;
  throw new HttpProblem(403, "refused", `a request from a page of another site (${site})`);
}

function assertOwnPage(request: Request, host: string): void {
  const type = request.headers.get("content-type") ?? "";
  if (!type.startsWith("application/json"))
    throw new HttpProblem(403, "refused", `the content type "${type}"; expected application/json`);
  if (request.headers.get(ownHeader) !== "1") throw new HttpProblem(403, "refused", `no header ${ownHeader}: 1`);
  const origin = request.headers.get("origin");
  if (origin !== null && origin !== `http://${host}`) throw new HttpProblem(403, "refused", `a request from ${origin}`);
}
