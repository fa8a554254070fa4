import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { kindred, startKindred, withFolder, writeFiles } from "./kindred-process.ts";

const slow = `
import { flow } from "kindred/flow";
export default flow("slow", { triggers: [{ onEvent: "go" }] })
  .step("first", () => 1)
  .step("second", async ({ attempt }) => {
    await new Promise((resolve) => setTimeout(resolve, attempt === 1 ? 60000 : 10));
    return attempt;
  });
`;

interface Shown {
  readonly status: string;
  readonly steps: readonly { readonly step: string; readonly status: string }[];
}

async function until(folder: string, holds: (run: Shown) => boolean): Promise<Shown> {
  for (;;) {
    const { exitCode, stdout } = await kindred(folder, "show", "latest", "--json");
    const run = exitCode === 0 ? (JSON.parse(stdout) as Shown) : null;
    if (run !== null && holds(run)) return run;
    await wait(200);
  }
}

test("an event makes one run, which goes on when its watcher is killed and another one begins", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "slow.ts": slow });
    const first = startKindred(folder, ["run", "slow.ts", "--triggered"]);
    // An event before the watch begins would not count.
    await new Promise<void>((resolve) => {
      first.child.stderr?.on("data", (chunk: Buffer) => chunk.includes("waiting for triggers") && resolve());
    });
    expect((await kindred(folder, "emit", "go", "--branch", "elsewhere")).exitCode).toBe(0);
    expect((await kindred(folder, "emit", "go")).exitCode).toBe(0);
    await until(folder, ({ steps }) => steps[1]?.status === "running");
    first.child.kill("SIGKILL");
    await first.ended;
    const second = startKindred(folder, ["run", "slow.ts", "--triggered"]);
    await until(folder, ({ status }) => status === "done");
    second.child.kill("SIGINT");
    await second.ended;
    const { runs } = JSON.parse((await kindred(folder, "runs", "--json")).stdout);
    expect(runs.map((run: { status: string }) => run.status)).toEqual(["done"]);
  });
});
