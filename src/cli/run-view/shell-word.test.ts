import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shellWord } from "./shell-word.ts";

test("a word of a command that is copied comes to what it stands for, on one line, whatever is in it", () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
      fc.constantFrom("'", "\\", "$", "\n", "\x1b", "ü"),
    ),
  });
  const texts = fc.sample(text, { numRuns: 300, seed: 7 }).map((each) => each.toWellFormed().replaceAll("\0", ""));
  const words = texts.map(shellWord);
  expect(words.filter((word) => /\p{Cc}/u.test(word))).toEqual([]);
  const printed = spawnSync("bash", ["-c", `printf '%s\\0' ${words.join(" ")}`], {
    encoding: "utf8",
    env: { LC_ALL: "C.UTF-8" },
  });
  expect(printed.stdout.split("\0").slice(0, -1)).toEqual(texts);
});
