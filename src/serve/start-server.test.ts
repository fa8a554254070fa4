import { mkdtemp, rename, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunRecord, type RunSummary, startRun } from "../flow/index.ts";
import { buildGraph, openGraph } from "../graph/index.ts";
import { filmOntology } from "../ontology/index.ts";
import type { LinkagePort, LinkView } from "./linkage-port.ts";
import type { ChangeView, ProductionPort, VersionView } from "./production-port.ts";
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
  run: async () => "1",
  explain: async (left, right) => ({
    left: { ...left, entityType: "film", values: {} },
    right: { ...right, entityType: "film", values: {} },
    entityType: "film",
    rule: null,
    priorWeight: 0,
    steps: [],
    beyond: [],
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

const versionOf = (version: number): VersionView => ({
  ...{ project: "films", namespace: "test.hats", name: "matches", version, run: "3", previous: null },
  ...{ manifest: { blob: `hash-${version}`, byteCount: 9 }, madeMs: 0, madeBy: "ada", isHead: version === 400 },
  isAsProduction: false,
});

const refused: ChangeView = {
  ...{ entry: 1, project: "films", action: "refused", name: null, from: null, to: null, run: "3", atMs: 0, by: "ada" },
  ...{ reason: "x".repeat(100_000), detail: { large: "y".repeat(1_000_000) } },
  compared: Array.from({ length: 300 }, (_, i) => {
    return { name: `set-${i}`, from: null, kind: "files", figures: { rows: i }, gates: [] };
  }),
};

let counted = 0;

const production: ProductionPort = {
  project: async () => "films",
  projects: async () => ["books", "films"],
  versions: async ({ project, name }) =>
    project !== "films" || (name !== undefined && name !== "matches")
      ? []
      : Array.from({ length: 400 }, (_, i) => versionOf(400 - i)),
  figures: async () => {
    counted++;
    return { kind: "files", figures: { rows: 7 } };
  },
  history: async ({ limit }) => Array.from({ length: Math.min(limit, 1_000) }, () => refused),
  made: async () => ({ project: "films", dataSets: refused.compared.map(({ name }) => ({ name, versions: [] })) }),
  compare: async (run) => {
    const dataSets = refused.compared.map((each) => ({ ...each, linkage: null }));
    return { run, project: "films", isAllowed: true, dataSets };
  },
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kindred-serve-"));
  const graphFolder = join(folder, "graph");
  await buildPsycho("Psycho <script>", graphFolder);
  server = await startServer({
    port: 0,
    home: join(folder, "home"),
    openGraph: () => {
      opened++;
      return openGraph(graphFolder);
    },
    linkage,
    production,
    assets: async (name) => (name === "index.html" ? { body: "<p>pages</p>", type: "text/html" } : undefined),
  });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Builds a graph of one film. */
async function buildPsycho(title: string, into: string): Promise<void> {
  const columns = Object.entries({ id: "1/2", title }).map(([name, text]) => {
    return { kind: "text" as const, name, dictionary: { size: 1, get: () => text }, ids: Int32Array.of(0) };
  });
  const fields = [{ name: "title", kind: "title", list: false }];
  const batches = [{ source: "a", entityType: "film", fields, table: { rowCount: 1, columns } }];
  await buildGraph({ ontology: filmOntology, sources: ["a"], batches, clusterOf: () => undefined }, into);
}

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

  test("tells which entity each record of a pair belongs to, or that the graph does not hold it", async () => {
    const query = new URLSearchParams({ left_source: "a", left_id: "1/2", right_source: "b", right_id: "none" });
    expect(await (await api(`pairs?${query}`)).json()).toMatchObject({
      entities: { left: { label: "Psycho <script>" }, right: null },
    });
  });

  test("shows a failed run with its tasks, the first failure and what a task wrote", { timeout: 30_000 }, async () => {
    const home = join(folder, "home");
    const run = startRun({
      home,
      workers: 1,
      codeVersion: "1",
      flowModule: new URL("../flow/fixtures/letters-flow.ts", import.meta.url),
      params: { folder, letters: "abc", trouble: { "count/b": "throw" } },
    });
    await expect(run).rejects.toMatchObject({ code: "run-failed" });
    const { runs } = (await (await api("runs")).json()) as { runs: RunSummary[] };
    expect(runs).toMatchObject([{ run: "1", flow: "letters", status: "failed" }]);
    const { run: summary } = (await (await api("runs/1/insight")).json()) as { run: RunSummary };
    expect(summary).toEqual(runs[0]);
    const record = (await (await api("runs/1")).json()) as RunRecord;
    const attempts = record.steps.flatMap((step) => step.tasks.flatMap((task) => task.attempts));
    expect(record.error?.message).toContain("something is wrong");
    expect(attempts.filter((attempt) => attempt.status === "done").length).toBeGreaterThanOrEqual(5);
    for (const attempt of attempts) expect(attempt.endedMs).toBeGreaterThanOrEqual(attempt.startedMs);
    const { logs } = (await (await api("runs/1/logs?step=spell&key=a")).json()) as { logs: object[] };
    expect(logs).toMatchObject([{ text: expect.stringContaining("printed by a") }]);
    expect(JSON.stringify(logs)).not.toContain(home);
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

describe("the API of data sets and production", () => {
  const json = async (path: string): Promise<Record<string, unknown>> => (await api(path)).json() as never;

  test("lists as many as it is asked for and says how many there are, of the project that is named or its own", async () => {
    const { versions, ...rest } = await json("data-sets?limit=3");
    expect(versions).toMatchObject([{ version: 400, isHead: true }, { version: 399 }, { version: 398 }]);
    expect(rest).toEqual({ project: "films", isOwn: true, projects: ["books", "films"], total: 400 });
    expect(await json("data-sets?project=books")).toMatchObject({
      project: "books",
      isOwn: false,
      total: 0,
      versions: [],
    });
    expect((await json("data-sets/matches")).versions).toHaveLength(200);
  });

  test("counts what a version holds once, for it never changes", async () => {
    const path = "data-sets/matches/versions/7/figures?namespace=test.hats";
    const answers = await Promise.all([json(path), json(path)]);
    answers.push(await json(path));
    for (const answer of answers) expect(answer).toEqual({ kind: "files", figures: { rows: 7 } });
    expect(counted).toBe(1);
  });

  test("keeps an answer small, whatever is on record", async () => {
    const { records } = (await json("production/audit?limit=2")) as { records: Record<string, unknown>[] };
    expect(records).toHaveLength(2);
    expect(records[0]).toMatchObject({ action: "refused", comparedTotal: 300, reason: "x".repeat(2_000) });
    expect(records[0]).not.toHaveProperty("detail");
    expect(records[0]?.compared).toHaveLength(100);
    const made = await json("runs/3/data-sets");
    expect([made.total, made.dataSets]).toEqual([300, expect.objectContaining({ length: 100 })]);
  });

  test("answers with what a promote of a run would say, and no more than a page shows", async () => {
    const { dataSets, ...rest } = await json("runs/3/production");
    expect(dataSets).toHaveLength(100);
    expect(rest).toEqual({ run: "3", project: "films", isAllowed: true, total: 300 });
  });

  test("says what is wrong with a request, and changes nothing by any", async () => {
    const cases = [
      "data-sets?limit=0",
      "production/audit?limit=1001",
      "data-sets/matches/versions/7/figures",
      "data-sets/matches/versions/seven/figures?namespace=prod",
      "data-sets/none",
      "data-sets/matches/versions/401/figures?namespace=test.hats",
    ];
    const statuses = await Promise.all(cases.map(async (path) => (await api(path)).status));
    expect(statuses).toEqual([400, 400, 400, 400, 404, 404]);
    for (const path of ["data-sets", "production/audit", "runs/3/production"])
      expect([path, (await api(path, { method: "POST", headers: own, body: "{}" })).status]).toEqual([path, 404]);
  });
});

describe("other sites are kept out:", () => {
  test("a name that is not this server's is refused, whatever it resolves to", async () => {
    expect(await rawRequest("/api/summary", { host: "evil.example" })).toBe(403);
    expect(await rawRequest("/api/summary", { host: new URL(server.url).host.replace("127.0.0.1", "localhost") })).toBe(
      200,
    );
  });

  test("a page of another site asks for nothing, not even what it could not read", async () => {
    for (const [site, status] of Object.entries({
      "cross-site": 403,
      "same-site": 403,
      "same-origin": 200,
      none: 200,
    })) {
      expect([site, await rawRequest("/api/runs/3/production", { "sec-fetch-site": site })]).toEqual([site, status]);
      expect([site, await rawRequest("/", { "sec-fetch-site": site })]).toEqual([site, 200]);
    }
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

  test("a refusal tells the browser as little as any answer: same policy, nothing stored, no insides", async () => {
    const refused = await api("decisions", { method: "POST", body: decision });
    expect(refused.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(refused.headers.get("cache-control")).toBe("no-store");
    expect(await refused.json()).toEqual({ error: { code: "refused", message: expect.any(String) } });
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

test("a graph that another program published is there at the next request", async () => {
  await buildPsycho("Frenzy", join(folder, "next"));
  await rename(join(folder, "graph"), join(folder, "before"));
  await rename(join(folder, "next"), join(folder, "graph"));
  const answers = await Promise.all([1, 2, 3].map(async () => (await api("search?q=frenzy")).json()));
  for (const answer of answers) expect(answer).toMatchObject({ hits: [{ label: "Frenzy" }] });
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

test("a port that is taken is told with what to do, and the server that has it goes on", async () => {
  const port = Number(new URL(server.url).port);
  const second = startServer({
    ...{ port, home: join(folder, "home"), linkage, production, assets: async () => undefined },
    openGraph: async () => Promise.reject(new Error("nobody asks for a graph")),
  });
  await expect(second).rejects.toMatchObject({
    code: "argument-invalid",
    message: `cannot listen on 127.0.0.1:${port} (EADDRINUSE); expected a free port. Choose another with --port; 0 takes any free one`,
  });
  expect((await fetch(server.url)).status).toBe(200);
});
