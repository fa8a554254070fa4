import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { moduleUrl } from "../flow-module.ts";
import { FolderStore } from "../store/folder-store.ts";
import { changedFiles } from "./changed-files.ts";
import { packCode } from "./pack-code.ts";
import { moduleOfRun } from "./run-module.ts";

const files = {
  "package.json": '{ "type": "module", "version": "1.0.0" }',
  "package-lock.json": '{ "lockfileVersion": 3 }',
  "flows/films.js": 'import { big } from "big"; import { weigh } from "../lib/weigh.js";',
  "flows/plain.js": 'import { weigh } from "../lib/weigh.js";',
  "lib/weigh.js": "export const weigh = 1;",
  "lib/other.js": "export const other = 1;",
  "node_modules/big/package.json": "{}",
};

type Files = Readonly<Record<string, string>>;

function folderWith(content: Files): string {
  const folder = mkdtempSync(join(tmpdir(), "kindred-archive-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  write(folder, content);
  return folder;
}

function write(folder: string, content: Files): void {
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

async function pinOf(module: string, content: Files) {
  const folder = folderWith(content);
  const flowModule = pathToFileURL(join(folder, module)).href;
  const store = new FolderStore(join(folder, "blobs"));
  return { folder, flowModule, store, pin: await packCode(flowModule, new Map(), store, "this machine") };
}

/** What a change of the project's files is called, for a flow. */
async function changes(module: string, change: Files): Promise<string[]> {
  const [before, after] = [await pinOf(module, files), await pinOf(module, { ...files, ...change })];
  const told = changedFiles(before.pin, after.pin);
  expect(before.pin.pack?.blob === after.pin.pack?.blob).toBe(told.length === 0);
  return told;
}

test("equal code is one archive wherever it lies; what a flow does not load is no part of it", async () => {
  expect(await changes("flows/plain.js", {})).toEqual([]);
  expect(await changes("flows/plain.js", { "lib/other.js": "", "package-lock.json": "{}" })).toEqual([]);
  expect(await changes("flows/plain.js", { "lib/weigh.js": "" })).toEqual(["lib/weigh.js changed"]);
});

test("package.json counts for its type alone until the flow imports a package; then the lockfile counts too", async () => {
  const version = { "package.json": '{ "type": "module", "version": "2.0.0" }' };
  expect(await changes("flows/plain.js", version)).toEqual([]);
  expect(await changes("flows/plain.js", { "package.json": "{}" })).toEqual(["package.json changed"]);
  expect(await changes("flows/films.js", { ...version, "package-lock.json": "{}" })).toEqual([
    "package-lock.json changed",
    "package.json changed",
  ]);
});

test("the code of a run is its own files while they are the same, else a copy of what they were, with the packages", async () => {
  const { folder, flowModule, store, pin } = await pinOf("flows/films.js", files);
  const code = { flowModule, pin };
  expect(await moduleOfRun(code, store, join(folder, "code"))).toEqual({ url: flowModule, isOriginal: true });
  write(folder, { "lib/weigh.js": "export const weigh = 2;" });
  const { url, isOriginal } = await moduleOfRun(code, store, join(folder, "code"));
  expect(isOriginal).toBe(false);
  const root = join(dirname(fileURLToPath(url)), "..");
  expect(readFileSync(join(root, "lib/weigh.js"), "utf8")).toBe(files["lib/weigh.js"]);
  expect(lstatSync(join(root, "node_modules")).isSymbolicLink()).toBe(true);
  rmSync(join(folder, "flows"), { recursive: true });
  expect(await moduleOfRun(code, store, join(folder, "code"))).toEqual({ url, isOriginal: false });
});

test("a module that is a link is archived with the files that it imports where it really is", async () => {
  const folder = folderWith(files);
  symlinkSync(join(folder, "flows/plain.js"), join(folder, "linked.js"));
  const store = new FolderStore(join(folder, "blobs"));
  const pin = await packCode(moduleUrl(join(folder, "linked.js")), new Map(), store, "this machine");
  expect(Object.keys(pin.files ?? {}).sort()).toEqual(["flows/plain.js", "lib/weigh.js", "package.json"]);
});

test("a copy that was changed is refused with both hashes", async () => {
  const { folder, flowModule, store, pin } = await pinOf("flows/plain.js", files);
  write(folder, { "lib/weigh.js": "" });
  const { url } = await moduleOfRun({ flowModule, pin }, store, join(folder, "code"));
  writeFileSync(fileURLToPath(url), "");
  await expect(moduleOfRun({ flowModule, pin }, store, join(folder, "code"))).rejects.toMatchObject({
    code: "refused",
    message: expect.stringContaining(pin.pack?.blob ?? "none"),
  });
});

test("data of gigabytes beside a module is refused before it is read, with what to do", async () => {
  const folder = folderWith({
    "films.js": 'export const films = new URL("./films.bin", import.meta.url);',
    "films.bin": "",
  });
  // A hole takes no room on the disk.
  truncateSync(join(folder, "films.bin"), 3 * 1024 ** 3);
  const store = new FolderStore(join(folder, "blobs"));
  const pinned = packCode(pathToFileURL(join(folder, "films.js")).href, new Map(), store, "this machine");
  await expect(pinned).rejects.toMatchObject({
    code: "limit-exceeded",
    message: expect.stringContaining("by a param"),
  });
});
