import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { kindred, madeCatalogues, withFolder, writeFiles } from "./kindred-process.ts";

const { left, right } = madeCatalogues(300);
const bin = fileURLToPath(new URL("../../bin/kindred", import.meta.url));
/** Runs a command in a pseudo terminal (util-linux, in every Debian). */
const script = "/usr/bin/script";
const prompt = "q(uit)";

/** Runs kindred in a pseudo terminal of 80 columns and presses a key at each prompt. */
function typed(
  folder: string,
  args: readonly string[],
  keys: readonly string[],
): Promise<{ code: number | null; screen: string }> {
  const command = `stty cols 80 rows 40; exec '${process.execPath}' '${bin}' ${args.join(" ")}`;
  const env = { ...process.env, KINDRED_HOME: join(folder, ".kindred"), NO_COLOR: "1" };
  const child = spawn(script, ["-qefc", command, "/dev/null"], {
    cwd: folder,
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const limit = setTimeout(() => child.kill(), 60_000);
  let [screen, pressed] = ["", 0];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    screen += chunk;
    for (; pressed < screen.split(prompt).length - 1 && pressed < keys.length; pressed++)
      child.stdin.write(keys[pressed]);
  });
  return new Promise((resolve) => {
    child.on("close", (code) => {
      clearTimeout(limit);
      resolve({ code, screen: screen.replaceAll("\r", "") });
    });
  });
}

async function linked<T>(use: (folder: string) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    await writeFiles(folder, { "a.csv": left, "b.csv": right });
    expect((await kindred(folder, "link", "a.csv", "b.csv", "--out", "out")).exitCode).toBe(0);
    return use(folder);
  });
}

const labelsIn = async (folder: string): Promise<string[]> =>
  (await readFile(join(folder, "out.labels.csv"), "utf8")).trim().split("\n").slice(1);

describe("kindred label in a terminal", () => {
  test("asks, writes each answer down at once, takes one back, and goes on another day", async (context) => {
    if (!existsSync(script)) context.skip("no script(1) to make a pseudo terminal");
    await linked(async (folder) => {
      const first = await typed(folder, ["label", "out"], ["s", "xd", "u", "b", "s", "q"]);
      expect(first.code).toBe(0);
      const words = (await labelsIn(folder)).map((line) => line.split(",").at(-1));
      expect(words).toEqual(["same", "different", "same"]);
      expect(first.screen).toMatch(/taken back: unsure/);
      expect(first.screen).toMatch(/2 same, 1 different.*precision/);
      expect(first.screen.split("\n").filter((line) => [...line].length > 80 && !line.includes(folder))).toEqual([]);

      const asked = (screen: string): string[] => screen.match(/^ +a\/\S+ +b\/\S+/gm) ?? [];
      const second = await typed(folder, ["label", "out"], ["q"]);
      expect(asked(second.screen)).toHaveLength(1);
      expect(asked(first.screen).at(-1)).toBe(asked(second.screen)[0]);

      const judged = await kindred(folder, "evaluate", "out", "--truth", "out.labels.csv", "--json");
      expect(JSON.parse(judged.stdout).coverage).toMatchObject({ recordsUnknown: 0 });
    });
  });

  test("ends with 130 at Ctrl-C and keeps what was said; --decide clusters again by it", async (context) => {
    if (!existsSync(script)) context.skip("no script(1) to make a pseudo terminal");
    await linked(async (folder) => {
      const interrupted = await typed(folder, ["label", "out"], ["d", "\u0003"]);
      expect(interrupted.code).toBe(130);
      expect(await labelsIn(folder)).toHaveLength(1);
      const decided = await typed(folder, ["label", "out", "--decide"], ["d", "q"]);
      expect(decided.code).toBe(0);
      const [, said = ""] = await labelsIn(folder);
      const [leftSource, leftId, rightSource, rightId] = said.split(",");
      const explained = await kindred(
        folder,
        "explain",
        `${leftSource}/${leftId}`,
        `${rightSource}/${rightId}`,
        "--json",
      );
      expect(JSON.parse(explained.stdout).reason).toBe("someone decided that these are different");
    });
  });
});

test("without a terminal kindred label asks nothing: it prints the next pairs for programs, which may answer in the file", async () => {
  await linked(async (folder) => {
    const refused = await kindred(folder, "label", "out");
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringMatching(/no terminal.*--next/s)]);
    const next = async () => JSON.parse((await kindred(folder, "label", "out", "--next", "5", "--json")).stdout);
    const { pairs, labels } = await next();
    expect(pairs).toHaveLength(5);
    expect(await next()).toEqual({ labels, pairs, known: expect.objectContaining({ same: 0 }) });
    const rows = pairs.map(({ pair }: { pair: { left: Ref; right: Ref } }) =>
      [pair.left.source, pair.left.id, pair.right.source, pair.right.id, "1"].join(","),
    );
    await writeFile(labels, `left_source,left_id,right_source,right_id,label\n${rows.join("\n")}\n`);
    const later = await next();
    expect(later.known).toMatchObject({ same: 5, different: 0 });
    const ids = (all: typeof pairs): string[] => all.map(({ pair }: { pair: { left: Ref } }) => pair.left.id);
    expect(ids(later.pairs).filter((id) => ids(pairs).includes(id))).toEqual([]);
    const shown = await kindred(folder, "label", "out", "--next", "2");
    expect(shown.stdout).toMatch(/teaches most: .*\n[\s\S]*prior +pairs by/);
  });
});

interface Ref {
  readonly source: string;
  readonly id: string;
}
