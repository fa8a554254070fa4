import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ModelServer, startModelServer } from "../support/model-server.ts";
import { kindred, startKindred, withFolder, writeFiles } from "./kindred-process.ts";
import { typeErrors } from "./type-check.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const guide = await readFile(join(root, "docs/guide/production.md"), "utf8");
/** The flow of the guide that asks a model about each document. */
const claims = /```ts\n\/\/ claims\.ts\n([\s\S]*?)```/.exec(guide)?.[1] ?? "";

const documents = 12;
const workers = 2;
/** What the server bills for an answer: 100 tokens in, 20 out; at the guide's prices for a million. */
const answerTokens = 120;
const answerMoney = (100 * 0.15 + 20 * 0.6) / 1_000_000;

const key = "sk-secret-41c7";
let server: ModelServer;
beforeEach(async () => {
  server = await startModelServer();
  server.answer(({ body }) => ({ kind: "claims", claims: [claimOf(body.messages.at(-1)?.content ?? "")] }));
});
afterEach(() => server.close());

function claimOf(prompt: string): unknown {
  const [quote, title] = /"(Film \d+)" was directed by Ada Lovelace\./.exec(prompt) ?? [];
  const subject = { text: "Ada Lovelace", type: "person", year: null };
  return { quote, subject, relation: "directed", object: { text: title, type: "film", year: null } };
}

function texts(): Record<string, string> {
  const names = Array.from({ length: documents }, (_, i) => `Film ${i + 1}`);
  return Object.fromEntries(names.map((name, i) => [`texts/${i}.txt`, `"${name}" was directed by Ada Lovelace.\n`]));
}

async function withClaims(
  use: (folder: string, run: (...args: string[]) => ReturnType<typeof kindred>) => Promise<void>,
) {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "claims.ts": claims, ...texts() });
    const environment = { KINDRED_MODEL_KEY: key };
    await use(folder, (...args) => startKindred(folder, args, undefined, undefined, environment).ended);
  });
}

test.for([
  ["modelTokens", 5 * answerTokens],
  ["money", 5 * answerMoney],
] as const)(
  "a run of extraction stops at its ceiling of %s, and goes on under a higher one without paying twice",
  ([kind, ceiling]) =>
    withClaims(async (folder, run) => {
      const flags = ["--url", server.baseUrl, "--workers", String(workers)];
      const stopped = await run("run", "claims.ts", ...flags, "--budget", `${kind}=${ceiling}`);
      expect([stopped.exitCode, stopped.stderr]).toEqual([
        4,
        expect.stringContaining(`at most ${ceiling} ${kind} for the run`),
      ]);
      const asked = server.requests.length;
      // The one that passes the ceiling, and those that were under way beside it.
      expect(asked).toBeGreaterThanOrEqual(6);
      expect(asked).toBeLessThanOrEqual(6 + workers - 1);
      expect(server.requests.map(({ authorization }) => authorization)).toEqual(Array(asked).fill(`Bearer ${key}`));

      const again = await run("resume", "latest", "--workers", String(workers), "--budget", `${kind}=${ceiling}`);
      expect([again.exitCode, again.stderr]).toEqual([3, expect.stringContaining(kind)]);
      expect(server.requests).toHaveLength(asked);

      const resumed = await run("resume", "latest", "--budget", `${kind}=${100 * ceiling}`, "--json");
      expect(resumed.exitCode, resumed.stderr).toBe(0);
      const made: { readonly object: { readonly name: string } }[][] = JSON.parse(resumed.stdout).artifact;
      expect(new Set(made.flat().map(({ object }) => object.name)).size).toBe(documents);
      expect(server.requests.length).toBeLessThanOrEqual(documents + workers);
      const shown = JSON.parse((await kindred(folder, "show", "latest", "--json")).stdout);
      expect(JSON.stringify(shown)).not.toContain(key);
    }),
);

/** A task that pays and then does not come to its end. */
const wasteful = `
import { setTimeout as sleep } from "node:timers/promises";
import { flow } from "kindred/flow";

export default flow("wasteful", { params: { ending: "fails" } })
  .step("pay", { retry: { count: 9, backoffMs: 1 } }, async ({ params, spend }) => {
    spend({ modelTokens: 100 });
    await sleep(200);
    if (params.ending === "dies") process.kill(process.pid, "SIGKILL");
    throw new Error("paid for nothing");
  });
`;

test.for(["fails", "dies"])("what a task paid counts against the ceiling also when it %s", (ending) =>
  withFolder(async (folder) => {
    await writeFiles(folder, { "wasteful.ts": wasteful });
    const args = ["run", "wasteful.ts", "--ending", ending, "--budget", "modelTokens=250"];
    const { exitCode, stderr } = await kindred(folder, ...args);
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining("300 modelTokens are used")]);
  }),
);

test("the flow of the guide satisfies the type checker", () =>
  withClaims(async (folder) => {
    const rooms = ["flow", "infer", "ontology"].map((name) => [`kindred/${name}`, `src/${name}/index.ts`]);
    expect(await typeErrors(folder, Object.fromEntries(rooms))).toBe("");
  }));
