import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../servers/free-port.ts";
import { commandHosts } from "./hosts.ts";
import { InspectorClient } from "./inspector-client.ts";
import { type Ended, type Running, startKindred, withFolder, writeFiles } from "./kindred-process.ts";

/** Types over several lines stand before the step: a debugger counts the lines of the file, not of what is left of it. */
const flowText = `
import { flow } from "kindred/flow";
import { weigh } from "./weigh.ts";

interface Film {
  readonly title: string;
  readonly year: number | null;
}
type Titles = readonly Film["title"][];

const films: Film[] = [
  { title: "Knives Out", year: 2019 },
  { title: "Mother", year: null },
];

export default flow("films")
  .foreach(
    "score",
    { over: () => films, key: ({ title }) => title.toLowerCase().replace(" ", "-") },
    async ({ item, attempt }): Promise<{ readonly titles: Titles; readonly attempt: number }> => {
      const titles: Titles = [item.title];
      return { titles: weigh(item.year) > 0 ? titles : [], attempt };
    },
  );
`;
const weighText = `
/** Fails where there is no year. */
export function weigh(year: number | null): number {
  if (year === null) throw new Error("no year");
  return year;
}
`;

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split("\n").length;
}

describe.each(commandHosts())("a task of a run on $name, in a debugger", (host) => {
  let environment: Readonly<Record<string, string>> = {};
  beforeAll(async () => {
    environment = await host.open();
  });
  afterAll(() => host.close());

  const start = (folder: string, ...args: string[]): Running =>
    startKindred(folder, args, undefined, join(folder, ".kindred"), environment);

  async function debugged(
    folder: string,
    breaks: readonly (readonly [file: string, line: number])[],
    look: (client: InspectorClient) => Promise<void>,
  ): Promise<Ended> {
    const { child, ended } = start(
      folder,
      "rerun",
      "1/score/mother",
      "--debug",
      "--inspect",
      String(await freePort()),
      "--json",
    );
    const client = await InspectorClient.attach(child.stderr as NonNullable<typeof child.stderr>);
    for (const [file, line] of breaks) await client.breakAt(`/${file.replace(".", "\\.")}$`, line);
    await client.begin();
    const first = await client.paused();
    expect(first.url).toMatch(/\/rerun\.[jt]s$/);
    await client.resume();
    await look(client);
    await client.resume();
    client.close();
    return ended;
  }

  test("stops at a line of its step's source, tells its item, and goes on", { timeout: 120_000 }, async () => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { "films.ts": flowText, "weigh.ts": weighText });
      const ran = await start(folder, "run", "films.ts").ended;
      expect(ran.exitCode, ran.stderr).toBe(4);

      const [line, weighLine] = [lineOf(flowText, "const titles"), lineOf(weighText, "if (year")];
      const failed = await debugged(
        folder,
        [
          ["films.ts", line],
          ["weigh.ts", weighLine],
        ],
        async (client) => {
          const pause = await client.paused();
          expect(pause).toMatchObject({ url: pathToFileURL(join(folder, "films.ts")).href, line });
          expect(await client.evaluate(pause, "JSON.stringify([item, attempt])")).toBe(
            '[{"title":"Mother","year":null},1]',
          );
          await client.resume();
          const within = await client.paused();
          expect([within.line, await client.evaluate(within, "year")]).toEqual([weighLine, null]);
        },
      );
      expect(failed.exitCode).toBe(4);
      expect(JSON.parse(failed.stdout)).toMatchObject({ isSame: true, codeFrom: "run", error: { message: "no year" } });
      const trace = new RegExp(`weigh\\.ts:${lineOf(weighText, "throw")}:\\d+`);
      expect((await start(folder, "logs", "1/score/mother").ended).stdout).toMatch(trace);

      await writeFiles(folder, { "weigh.ts": "export const weigh = (): number => 0;" });
      const old = await debugged(folder, [["films.ts", line]], async (client) => {
        const { url } = await client.paused();
        expect(await readFile(new URL(url), "utf8")).toBe(flowText);
        expect(url).toContain("/.kindred/code/");
      });
      expect(JSON.parse(old.stdout)).toMatchObject({ isSame: true, codeFrom: "package" });
      expect(old.stderr).toContain(`${join(folder, ".kindred", "code")}`);
    });
  });
});
