import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createProgram } from "../src/cli/program.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Words that stand after the name where it is no command line: "what kindred wrote". */
const prose = new Set(["before", "did", "on", "pair", "writes", "wrote"]);

/** What the code says to people, hints of errors first of all, and what the documents do. */
const texts = ["src", "web", "bin", "docs/guide", "docs/architecture.md", "README.md"].flatMap((place) =>
  (place.includes(".")
    ? [place]
    : readdirSync(`${root}/${place}`, { recursive: true, encoding: "utf8" }).map((name) => `${place}/${name}`)
  )
    .filter((name) => /\.(tsx?|js|md)$/.test(name) && !/\.test\.ts$/.test(name))
    .map((name) => [name, readFileSync(`${root}/${name}`, "utf8")] as const),
);

/** What of a text may name command lines: all of code, of a document its code spans and blocks. */
function spoken([file, text]: readonly [string, string]): string[] {
  if (!file.endsWith(".md")) return [text];
  const blocks = text.split(/^```.*$/m);
  return blocks.flatMap((block, place) =>
    place % 2 === 1
      ? [...block.matchAll(/^(?:\$ |npx )?(kindred .*)$/gm)].map(([, line = ""]) => line)
      : [...block.matchAll(/`(?:npx )?(kindred [^`]*)`/g)].map(([, line = ""]) => line),
  );
}

/** Every command line that is named: the command, and what is left of its line up to where another text begins. */
const named = texts.flatMap((text) =>
  spoken(text).flatMap((part) =>
    [...part.matchAll(/\bkindred ([a-z]+)\b([^\n"`;|]*)/g)].map(([line, command = "", rest = ""]) => ({
      ...{ file: text[0], line, command, rest },
    })),
  ),
);

const commands = new Map(createProgram().commands.map((command) => [command.name(), command]));

test("every command that a hint, a text or a document names exists", () => {
  expect(named.length).toBeGreaterThan(150);
  const unknown = named.filter(({ command }) => !commands.has(command) && !prose.has(command));
  expect(unknown.map(({ file, line }) => `${file}: ${line}`)).toEqual([]);
});

test("so does every flag that stands beside it", () => {
  const unknown = named.flatMap(({ file, line, command, rest }) => {
    const known = new Set(commands.get(command)?.options.flatMap(({ long }) => long ?? []));
    const sub = commands.get(command)?.commands.find((each) => rest.trim().startsWith(each.name()));
    for (const { long } of sub?.options ?? []) known.add(long ?? "");
    const flags = [...rest.matchAll(/(?<=\s)--[a-z][a-z-]*/g)].map(([flag]) => flag);
    // The params of a flow are flags of kindred run.
    return command === "run" || !commands.has(command)
      ? []
      : flags.filter((flag) => !known.has(flag) && flag !== "--help").map((flag) => `${file}: ${flag} of ${line}`);
  });
  expect(unknown).toEqual([]);
});
