import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startCuttingProxy } from "./cutting-proxy.ts";
import { postgresProgram } from "./installed.ts";
import { startPostgres } from "./postgres-server.ts";
import { startS3 } from "./s3-server.ts";
import { startTemporal } from "./temporal-server.ts";

describe("a server of a test's own", () => {
  test("PostgreSQL keeps what was committed when it is killed, and leaves nothing when it is stopped", async () => {
    const server = await startPostgres();
    onTestFinished(() => server.stop());
    const url = await server.createDatabase("films");
    const query = (sql: string) =>
      execFileSync(postgresProgram("psql"), [url, "-Atc", sql], { encoding: "utf8", stdio: "pipe" }).trim();
    query("create table film (title text); insert into film values ('Knives Out')");
    await server.process.kill();
    expect(() => query("select 1")).toThrow();
    await server.process.start();
    expect(query("select title from film")).toBe("Knives Out");
    const { pid, logPath } = server.process;
    await server.stop();
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    expect(existsSync(dirname(logPath))).toBe(false);
  });

  test("the S3 server refuses a second put of the same key where one asks for that", async () => {
    const server = await startS3();
    onTestFinished(() => server.stop());
    await server.createBucket("films");
    const put = (body: string) =>
      server.ask("/films/title", { method: "PUT", body, headers: { "if-none-match": "*" } });
    expect((await put("Knives Out")).status).toBe(200);
    expect((await put("Glass Onion")).status).toBe(412);
    expect(await (await server.ask("/films/title")).text()).toBe("Knives Out");
  });

  test("Temporal starts again on the file it left", async () => {
    const server = await startTemporal({ inFile: true });
    onTestFinished(() => server.stop());
    await server.process.kill();
    await server.process.start();
    expect(server.process.pid).toBeGreaterThan(0);
  });

  test("a server whose test was killed is gone, and so is its folder", async () => {
    const start = `const { startS3 } = await import(${JSON.stringify(new URL("s3-server.ts", import.meta.url).href)});
      const { process: server } = await startS3();
      console.log(JSON.stringify([server.pid, server.logPath]));`;
    const test = spawn(process.execPath, ["--input-type=module", "-e", `${start} setInterval(() => {}, 1000)`]);
    const [line] = (await once(test.stdout, "data")) as [Buffer];
    const [pid, logPath] = JSON.parse(line.toString()) as [number, string];
    expect(existsSync(logPath)).toBe(true);
    test.kill("SIGKILL");
    await expect.poll(() => existsSync(dirname(logPath)), { timeout: 10_000 }).toBe(false);
    await expect.poll(() => commandOf(pid), { timeout: 10_000 }).toBe("");
  });
});

/** What a process runs; nothing once it is dead, be it gone or not yet reaped by who adopted it. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

test("the proxy cuts a put before, in and after it: only the last was done, and none was answered", async () => {
  const server = await startS3();
  onTestFinished(() => server.stop());
  const proxy = await startCuttingProxy(server.port);
  onTestFinished(() => proxy.close());
  await server.createBucket("films");
  for (const place of ["before", "in", "after"] as const) {
    proxy.cut(place, 1);
    await expect(
      fetch(`${proxy.endpoint}/films/${place}`, { method: "PUT", body: "x".repeat(1_000) }),
    ).rejects.toThrow();
  }
  expect(proxy.cuts).toBe(3);
  const found = await Promise.all(["before", "in", "after"].map((place) => server.ask(`/films/${place}`)));
  expect(found.map(({ status }) => status)).toEqual([404, 404, 200]);
  expect((await fetch(`${proxy.endpoint}/moto-api/`)).status).toBe(200);
});
