import { expect, test } from "vitest";
import { kindred, withFolder, writeFiles } from "./kindred-process.ts";

const script = `
import { flow } from "kindred";
export default flow("words", { project: "films" }).step("only", () => 1);
`;

test("kindred tag gives a run words that kindred runs finds it by, and takes them away again", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "words.js": script });
    for (const _ of [1, 2]) expect((await kindred(folder, "run", "words.js")).exitCode).toBe(0);
    const tagged = await kindred(folder, "tag", "1", "nightly", "good");
    expect(tagged.stdout).toBe("run 1 is tagged good, nightly\n");
    const listed = async (...options: string[]) => {
      const { stdout } = await kindred(folder, "runs", "--json", ...options);
      return (JSON.parse(stdout).runs as { run: string }[]).map(({ run }) => run);
    };
    expect(await listed()).toEqual(["2", "1"]);
    expect(await listed("--tag", "good")).toEqual(["1"]);
    expect(await listed("--project", "films", "--before", "2")).toEqual(["1"]);
    expect(await listed("--project", "books")).toEqual([]);
    const left = await kindred(folder, "tag", "1", "good", "--remove", "--json");
    expect(JSON.parse(left.stdout)).toEqual({ run: "1", tags: ["nightly"] });
    const torn = await kindred(folder, "tag", "1", "two\nlines");
    expect([torn.exitCode, torn.stderr]).toEqual([
      2,
      expect.stringContaining('the tag "two\\nlines"; expected a text of'),
    ]);
    const unknown = await kindred(folder, "tag", "7", "good");
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining("no run 7")]);
  });
});
