import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildGraph, openGraph } from "../graph/index.ts";
import { filmOntology } from "../ontology/index.ts";
import type { LinkagePort, LinkView } from "./linkage-port.ts";
import type { RunningServer } from "./server-options.ts";
import { startServer } from "./start-server.ts";

let folder: string;
let server: RunningServer;
let opened = 0;
let release: () => void = () => {};
const decided: unknown[] = [];

const link: LinkView = {
  left: { source: "a", id: "1/2", label: "Psycho (1960)" },
  right: { source: "b", id: "ü:9", label: "Psycho (1960)" },
  entityType: "film",
  probability: 0.9,
  weight: 3.17,
  outcome: "match",
  reason: "",
};

const linkage: LinkagePort = {
  explain: async (left, right) => ({
    left: { ...left, entityType: "film", values: {} },
    right: { ...right, entityType: "film", values: {} },
    entityType: "film",
    rule: null,
    priorWeight: 0,
    steps: [],
    weight: 0,
    probability: 0.5,
    outcome: "not kept",
    reason: "",
  }),
  links: async () => [link],
  merges: async (_kind, offset, limit) => ({ total: 1, links: [link].slice(offset, offset + limit) }),
  records: async (names) => names.map((name) => ({ ...name, entityType: "film", values: { title: "Psycho" } })),
  decide: async (decision) => {
    decided.push(decision);
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    return { run: "2", event: 1 };
  },
  revoke: async () => ({ run: "3" }),
  decisions: async () => [],
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kindred-serve-"));
  const texts = { id: "1/2", title: "Psycho <script>" };
  const columns = Object.entries(texts).map(([name, text]) => {
    return { kind: "text" as const, name, dictionary: { size: 1, get: () => text }, ids: Int32Array.of(0) };
  });
  const fields = [{ name: "title", kind: "title", list: false }];
  const batches = [{ source: "a", entityType: "film", fields, table: { rowCount: 1, columns } }];
  const graphFolder = join(folder, "graph");
  await buildGraph({ ontology: filmOntology, sources: ["a"], batches, clusterOf: () => undefined }, graphFolder);
  server = await startServer({
    port: 0,
    home: join(folder, "home"),
    openGraph: () => {
      opened++;
      return openGraph(graphFolder);
    },
    linkage,
    assets: async (name) => (name === "index.html" ? { body: "<p>pages</p>", type: "text/html" } : undefined),
  });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const api = (path: string, init?: RequestInit): Promise<Response> => fetch(`${server.url}api/${path}`, init);
const own = { "content-type": "application/json", "x-kindred": "1" };
const decision = JSON.stringify({
  kind: "different",
  left: { source: "a", id: "1/2" },
  right: { source: "b", id: "ü:9" },
});

/** A request as `fetch` would not let us send it. */
function rawRequest(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(server.url, { path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject).end();
  });
}

describe("the API", () => {
  test("finds entities, and answers with everything about one", async () => {
    const { hits } = (await (await api("search?q=psycho")).json()) as { hits: { id: string; label: string }[] };
    expect(hits.map((hit) => hit.label)).toEqual(["Psycho <script>"]);
    const page = (await (await api(`entities/${encodeURIComponent(hits[0]?.id ?? "")}`)).json()) as Record<
      string,
      unknown[]
    >;
    expect(page).toMatchObject({ records: [{ source: "a", id: "1/2" }], links: [{ outcome: "match" }] });
  });

  test("takes ids that hold any character", async () => {
    const query = new URLSearchParams({
      left_source: "a/people",
      left_id: "1/2?&",
      right_source: "b",
      right_id: "ü:9",
    });
    expect(await (await api(`pairs?${query}`)).json()).toMatchObject({
      left: { source: "a/people", id: "1/2?&" },
      right: { id: "ü:9" },
    });
  });

  test("says what is wrong with a request, with the status that says so", async () => {
    const cases = [
      "search",
      "search?q=a&limit=0",
      "search?q=a&limit=99999",
      "merges?kind=all",
      "entities/film:none",
      "nothing",
      "runs/77",
    ];
    const statuses = await Promise.all(cases.map(async (path) => (await api(path)).status));
    expect(statuses).toEqual([400, 400, 400, 400, 404, 404, 404]);
    expect(await (await api("search")).json()).toMatchObject({
      error: { code: "argument-invalid", message: expect.stringContaining("q") },
    });
  });
});

describe("other sites are kept out:", () => {
  test("a name that is not this server's is refused, whatever it resolves to", async () => {
    expect(await rawRequest("/api/summary", { host: "evil.example" })).toBe(403);
    expect(await rawRequest("/api/summary", { host: new URL(server.url).host.replace("127.0.0.1", "localhost") })).toBe(
      200,
    );
  });

  test("a decision needs our own header, JSON, and our own origin", async () => {
    const attempts: Record<string, string>[] = [
      { "content-type": "text/plain", "x-kindred": "1" },
      { "content-type": "application/json" },
      { ...own, origin: "https://evil.example" },
    ];
    for (const headers of attempts)
      expect((await api("decisions", { method: "POST", headers, body: decision })).status).toBe(403);
    expect(decided).toEqual([]);
  });

  test("pages run no script but ours, and nothing is served from outside the pages' folder", async () => {
    const page = await fetch(server.url);
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    for (const path of ["/../package.json", "/%2e%2e/package.json", "/..%2fpackage.json"])
      expect(await rawRequest(path, {})).toBe(404);
  });
});

test("a decision is carried out alone, and the graph is opened anew after it", async () => {
  await api("summary");
  const before = opened;
  const first = api("decisions", { method: "POST", headers: own, body: decision });
  while (decided.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect((await api("decisions", { method: "POST", headers: own, body: decision })).status).toBe(409);
  release();
  expect(await (await first).json()).toEqual({ run: "2", event: 1 });
  await api("summary");
  expect(opened).toBe(before + 1);
});

test("a body that is too large, or no decision, is refused before anything happens", async () => {
  const large = JSON.stringify({
    kind: "same",
    left: { source: "a", id: "x".repeat(70_000) },
    right: { source: "b", id: "1" },
  });
  expect((await api("decisions", { method: "POST", headers: own, body: large })).status).toBe(413);
  expect((await api("decisions", { method: "POST", headers: own, body: '{"kind":"perhaps"}' })).status).toBe(400);
});
