import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { kindredHome } from "./home.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kindred-home-"));
  await mkdir(join(folder, "project/.kindred"), { recursive: true });
  await mkdir(join(folder, "project/films/raw"), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("the nearest home above is found from any folder within", () => {
  const home = join(folder, "project/.kindred");
  expect(kindredHome(join(folder, "project"), {})).toBe(home);
  expect(kindredHome(join(folder, "project/films/raw"), {})).toBe(home);
});

test("what the environment says comes before any folder, and is taken from where the command runs", () => {
  const cwd = join(folder, "project/films");
  expect(kindredHome(cwd, { KINDRED_HOME: "/somewhere" })).toBe("/somewhere");
  expect(kindredHome(cwd, { KINDRED_HOME: "runs" })).toBe(join(cwd, "runs"));
  expect(kindredHome(cwd, { KINDRED_HOME: "" })).toBe(join(folder, "project/.kindred"));
});

test("where there is none, it is made in the folder of the command", () => {
  expect(kindredHome("/", { KINDRED_HOME: "" })).toBe("/.kindred");
});
