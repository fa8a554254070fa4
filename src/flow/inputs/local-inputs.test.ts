import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { stableJson } from "../../base/index.ts";
import { putFreshly } from "../collect/put-freshly.ts";
import { flow } from "../flow.ts";
import { FolderStore } from "../store/folder-store.ts";
import { LocalInputs } from "./local-inputs.ts";
import { storeInputs } from "./store-inputs.ts";

const { graph } = flow("read", { params: { input: "" }, files: ["input"] });

function places() {
  const folder = mkdtempSync(join(tmpdir(), "kindred-inputs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const there = join(folder, "there");
  mkdirSync(there);
  return { there, here: join(folder, "here"), store: new FolderStore(join(folder, "blobs")) };
}

test("a file has its own name in the folder of links, and its bytes are those in the store", async () => {
  const { there, here, store } = places();
  const path = join(there, "films.csv");
  writeFileSync(path, "id\n1\n");
  const inputs = new LocalInputs(await storeInputs(graph, { input: path }, store), store, here);
  const found = await inputs.path(path);
  expect(found).toMatch(/here\/[0-9a-f]{64}\/films\.csv$/);
  expect(readFileSync(found, "utf8")).toBe("id\n1\n");
  expect(statSync(found).ino).toBe(
    statSync(await store.path(await store.put(new TextEncoder().encode("id\n1\n")))).ino,
  );
  expect(await inputs.path(join(there, "other.csv"))).toBe(join(there, "other.csv"));
});

test("a relative path is what it was where the run was made, wherever the machine is that asks for it", async () => {
  const { there, here, store } = places();
  writeFileSync(join(there, "films.csv"), "id\n1\n");
  const asGiven = relative(process.cwd(), join(there, "films.csv"));
  const stored = await storeInputs(graph, { input: asGiven }, store);
  expect(readFileSync(await new LocalInputs(stored, store, here).path(asGiven), "utf8")).toBe("id\n1\n");
  const elsewhere = stored.map((input) => ({ ...input, from: there }));
  expect(await new LocalInputs(elsewhere, store, here).path("films.csv")).toMatch(/here\/[0-9a-f]{64}\/films\.csv$/);
});

test("of a folder only the file that is asked for is fetched", async () => {
  const { there, here, store } = places();
  for (const name of ["a.csv", "b.csv"]) writeFileSync(join(there, name), name);
  const inputs = new LocalInputs(await storeInputs(graph, { input: there }, store), store, here);
  const found = await inputs.path(join(there, "b.csv"));
  expect(readFileSync(found, "utf8")).toBe("b.csv");
  expect(existsSync(join(found, "..", "a.csv"))).toBe(false);
  const folder = await inputs.path(there);
  expect(readFileSync(join(folder, "a.csv"), "utf8")).toBe("a.csv");
});

test("a link whose copy went from the cache leads to a fresh one, and many ask at once", async () => {
  const { there, here, store } = places();
  const path = join(there, "films.csv");
  writeFileSync(path, "id\n");
  const stored = await storeInputs(graph, { input: path }, store);
  const found = await Promise.all(Array.from({ length: 8 }, () => new LocalInputs(stored, store, here).path(path)));
  expect(new Set(found).size).toBe(1);
  const folder = join(found[0] as string, "..");
  expect(readdirSync(folder)).toEqual(["films.csv"]);
  const bytes = new TextEncoder().encode("id\n");
  rmSync(await store.path(await store.put(bytes)));
  const fresh = statSync(await store.path(await store.put(bytes))).ino;
  expect(statSync(await new LocalInputs(stored, store, here).path(path)).ino).toBe(fresh);
});

test("what a manifest names outside of its folder is refused", async () => {
  const { there, here, store } = places();
  const blob = await store.put(new TextEncoder().encode("x"));
  const files = [{ path: "../../escaped", ...blob }];
  const manifest = await store.put(new TextEncoder().encode(stableJson({ version: 1, kind: "input", files })));
  const inputs = new LocalInputs([{ from: there, base: there, rest: "escaped", manifest }], store, here);
  await expect(inputs.path(join(there, "escaped"))).rejects.toMatchObject({ code: "artifact-damaged" });
});

test("what a collection took while the rest was stored for an hour is stored again", async () => {
  const { there, here, store } = places();
  for (const name of ["a.csv", "b.csv"]) writeFileSync(join(there, name), name);
  let nowMs = 0;
  const slow = Object.create(store, {
    putFile: {
      value: async (path: string, move: boolean) => {
        const ref = await store.putFile(path, move);
        if (nowMs === 0) rmSync(await store.path(ref));
        nowMs += 2 * 60 * 60 * 1_000;
        return ref;
      },
    },
  }) as FolderStore;
  const inputs = await putFreshly(() => storeInputs(graph, { input: there }, slow), { nowMs: () => nowMs });
  const folder = await new LocalInputs(inputs, store, here).path(there);
  expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"))).toEqual(["a.csv", "b.csv"]);
});
