import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { entriesOf, kindred, madeCatalogues, startKindred, withFolder, writeFiles } from "./kindred-process.ts";

const good = madeCatalogues(60).right;

interface Case {
  readonly files: Readonly<Record<string, string | Buffer>>;
  readonly args?: readonly string[];
  /** What the message must hold: where, what was seen, what was expected. */
  readonly says: readonly (string | RegExp)[];
}

const header = "id,title,year\n";
const cases: Readonly<Record<string, Case>> = {
  "a missing file": { files: {}, says: ["bad.csv", /no such file|does not exist/i] },
  "an empty file": { files: { "bad.csv": "" }, says: ["bad.csv", "empty"] },
  "a header without rows": { files: { "bad.csv": header }, says: ["bad.csv", /no (record|row)/i] },
  "bytes that are UTF-8 here and not there": {
    files: {
      "bad.csv": Buffer.concat([
        Buffer.from(`${header}1,Amélie,2001\n2,Caf`),
        Buffer.from([0xe9]),
        Buffer.from(",1999\n"),
      ]),
    },
    says: ["bad.csv", "row 2", "byte 34"],
  },
  "a binary file": {
    files: { "bad.csv": Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 0, 10, 0, 44]) },
    says: ["bad.csv"],
  },
  "a row with too many values": {
    files: { "bad.csv": `${header}1,A,2001\n2,B,2002,extra,more\n` },
    says: ["bad.csv", "row 2", "5", "3", "--skip-bad"],
  },
  "an id that repeats": {
    files: { "bad.csv": `${header}1,A,2001\n2,B,2002\n1,C,2003\n` },
    says: ["bad.csv", "row 3", '"1"'],
  },
  "JSON that ends within line 2": {
    files: { "bad.csv": "", "bad.jsonl": '{"id":1,"title":"A"}\n{"id":2,"ti\n{"id":3,"title":"C"}\n' },
    args: ["bad.jsonl"],
    says: ["bad.jsonl", "2", "--skip-bad"],
  },
  "an --id column that is not there": {
    files: { "bad.csv": `${header}1,A,2001\n` },
    args: ["bad.csv", "--id", "bad:key"],
    says: ["key", "title"],
  },
  "an --ignore column that is nowhere": {
    files: { "bad.csv": `${header}1,A,2001\n` },
    args: ["bad.csv", "--ignore", "titel"],
    says: ["titel", "title"],
  },
};

describe("bad input gets one message, exit code 2 and nothing half written:", () => {
  test.for(Object.entries(cases))("%s", async ([, { files, args = ["bad.csv"], says }]) => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { "good.csv": good, ...files });
      const before = await entriesOf(folder);
      const ended = await kindred(folder, "link", "good.csv", ...args, "--out", "out");
      const messages = ended.stderr.split("\n").filter((line) => line.startsWith("kindred: "));
      expect(messages).toHaveLength(1);
      for (const part of says) {
        if (typeof part === "string") expect(messages[0]).toContain(part);
        else expect(messages[0]).toMatch(part);
      }
      expect(ended.exitCode).toBe(2);
      expect(ended.stderr).not.toMatch(/^\s+at /m);
      expect(await entriesOf(folder)).toEqual(before);
    });
  });

  test("two sources of one name", async () => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { "x/films.csv": good, "y/films.csv": good });
      const ended = await kindred(folder, "link", "x/films.csv", "y/films.csv", "--out", "out");
      expect([ended.exitCode, ended.stderr]).toEqual([2, expect.stringContaining("films-1=x/films.csv")]);
    });
  });

  test("an unknown column in a config, which is named with the nearest one", async () => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { "good.csv": good, "bad.csv": `${header}1,A,2001\n` });
      const config = {
        sources: [
          { name: "good", path: "good.csv" },
          { name: "bad", path: "bad.csv", fields: { title: { from: "titl" } } },
        ],
      };
      await writeFiles(folder, {
        "k.json": JSON.stringify(config),
        "typo.yaml": "sources:\n  - name: a\n    path: good.csv\n    colour: red\n",
      });
      const ended = await kindred(folder, "link", "--config", "k.json", "--out", "out");
      expect([ended.exitCode, ended.stderr]).toEqual([2, expect.stringMatching(/titl".*title/s)]);
      const typo = await kindred(folder, "link", "--config", "typo.yaml", "--out", "out");
      expect([typo.exitCode, typo.stderr]).toEqual([2, expect.stringMatching(/typo\.yaml.*colour/s)]);
    });
  });

  test("a folder that someone else wrote is refused and left as it was", async () => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { "a.csv": good, "b.csv": good, "out/thesis.txt": "years" });
      const ended = await kindred(folder, "link", "a.csv", "b.csv", "--out", "out");
      expect([ended.exitCode, ended.stderr]).toEqual([2, expect.stringContaining("thesis.txt")]);
      expect(await readdir(join(folder, "out"))).toEqual(["thesis.txt"]);
    });
  });

  test("an unknown option, and an error document under --json", async () => {
    await withFolder(async (folder) => {
      expect((await kindred(folder, "link", "--colour")).exitCode).toBe(2);
      const ended = await kindred(folder, "link", "none.csv", "--out", "out", "--json");
      expect([ended.exitCode, JSON.parse(ended.stdout).error.code]).toEqual([2, "source-missing"]);
    });
  });
});

test("with --skip-bad bad rows are set aside with their reasons, and the rest is linked", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, {
      "good.csv": good,
      "bad.csv": `${good}r9998,only two\nr9999,"Kept",2000,Ada Abara,Drama\n`,
    });
    const ended = await kindred(folder, "link", "good.csv", "bad.csv", "--skip-bad", "1", "--out", "out");
    expect(ended.exitCode).toBe(0);
    const rejects = (await readFile(join(folder, "out/rejects.jsonl"), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rejects).toHaveLength(1);
    expect(rejects[0]).toMatchObject({ source: "bad", text: "r9998,only two" });
    expect(ended.stdout).toContain("rejects.jsonl");
    expect(await readFile(join(folder, "out/entities.csv"), "utf8")).toContain(",bad,r9999");
  });
});

test("with --skip-bad broken lines of JSON are named with their numbers, as long as there are not too many", async () => {
  await withFolder(async (folder) => {
    const lines = [
      '{"id":1,"title":"Alpha Song","year":1950}',
      '{"id":2,"ti',
      '{"id":3,"title":"Beta Song","year":1960}',
      "[4]",
    ];
    await writeFiles(folder, { "good.csv": good, "bad.jsonl": `${lines.join("\n")}\n` });
    const few = await kindred(folder, "link", "good.csv", "bad.jsonl", "--skip-bad", "1", "--out", "out");
    expect([few.exitCode, few.stderr]).toEqual([2, expect.stringMatching(/bad\.jsonl.*\b4\b/)]);
    expect(await entriesOf(folder)).toEqual(["bad.jsonl", "good.csv"]);
    const enough = await kindred(folder, "link", "good.csv", "bad.jsonl", "--skip-bad", "2", "--out", "out");
    expect(enough.exitCode).toBe(0);
    const rejects = (await readFile(join(folder, "out/rejects.jsonl"), "utf8")).trim().split("\n");
    expect(rejects.map((line) => JSON.parse(line))).toMatchObject([
      { source: "bad", row: 2, text: lines[1], reason: expect.stringMatching(/JSON/) },
      { source: "bad", row: 4, text: lines[3], reason: expect.stringMatching(/object/) },
    ]);
    const entities = await readFile(join(folder, "out/entities.csv"), "utf8");
    expect(entities.match(/,bad,.*/g)?.sort()).toEqual([",bad,1", ",bad,3"]);
  });
});

test("two runs that write to one folder at once both succeed, and one of their results stays, whole", async () => {
  await withFolder(async (folder) => {
    const [one, other] = [madeCatalogues(80, 1), madeCatalogues(80, 2)];
    await writeFiles(folder, { "a.csv": one.left, "b.csv": one.right, "c.csv": other.left, "d.csv": other.right });
    const runs = ["ab", "cd"].map((names) =>
      startKindred(folder, ["link", ...[...names].map((name) => `${name}.csv`), "--out", "out"]),
    );
    const ended = await Promise.all(runs.map((run) => run.ended));
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(await entriesOf(folder)).toEqual(["a.csv", "b.csv", "c.csv", "d.csv", "out"]);
    const sources = async (file: string, column: number): Promise<string> => {
      const rows = (await readFile(join(folder, "out", file), "utf8")).trim().split("\n").slice(1);
      return [...new Set(rows.map((row) => row.split(",")[column]))].join("");
    };
    const left = await sources("matches.csv", 0);
    expect(["a", "c"]).toContain(left);
    expect([...(await sources("entities.csv", 1))].sort().join("")).toBe(left === "a" ? "ab" : "cd");
  });
});

const isRoot = process.getuid?.() === 0;

describe("a full disk", () => {
  test.for([
    ["the output", "out"],
    ["the home of runs", "home"],
  ] as const)("under %s is told as such, and nothing is left half written", async ([, what], context) => {
    if (!isRoot) context.skip("only root can mount a small disk");
    await withFolder(async (folder) => {
      await mkdir(join(folder, "small"));
      // Room for a start, and not for the whole.
      const size = what === "out" ? "120k" : "900k";
      try {
        execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", join(folder, "small")], { stdio: "pipe" });
      } catch {
        context.skip("this machine mounts no tmpfs");
      }
      try {
        const { left, right } = madeCatalogues(1_500);
        await writeFiles(folder, { "a.csv": left, "b.csv": right });
        const out = what === "out" ? join(folder, "small/out") : join(folder, "out");
        const running = startKindred(
          folder,
          ["link", "a.csv", "b.csv", "--out", out],
          undefined,
          what === "home" ? join(folder, "small/home") : undefined,
        );
        const ended = await running.ended;
        expect([ended.exitCode, ended.stderr]).toEqual([2, expect.stringMatching(/no space is left/i)]);
        expect(await readdir(join(folder, "small")).then((names) => names.filter((name) => name !== "home"))).toEqual(
          [],
        );
        expect(await entriesOf(folder)).toEqual(["a.csv", "b.csv", "small"]);
      } finally {
        execFileSync("umount", [join(folder, "small")]);
      }
    });
  });
});
