import type { Command } from "commander";
import { expect, test } from "vitest";
import { createProgram } from "./program.ts";

const program = createProgram();
const all = program.commands.flatMap((command) => [command, ...command.commands]);

/** As a terminal of 80 columns shows it. */
function helpOf(command: Command): string {
  const shown: string[] = [];
  command.configureOutput({ writeOut: (text) => void shown.push(text), getOutHelpWidth: () => 80 });
  command.outputHelp();
  return shown.join("");
}

test("a newcomer sees every command on a line of its own, in the order of the work, and how to begin", () => {
  const help = helpOf(program);
  const headings = help.split("\n").filter((line) => /^[A-Z].*:$/.test(line));
  expect(headings).toEqual([
    "Options:",
    "Link catalogues into a graph:",
    "Look at what came of it:",
    "Measure and compare:",
    "Correct and teach it:",
    "Run flows, and see what they did:",
    "Bring data sets into production:",
    "Begin with:",
  ]);
  for (const command of program.commands)
    expect(help).toMatch(new RegExp(`^  ${command.name()} +${command.summary().replaceAll(".", "\\.")}$`, "m"));
  expect(help).toContain("kindred demo ");
});

test("no help is wider than 80 columns, and none tells of an empty list", () => {
  for (const command of [program, ...all]) {
    const help = helpOf(command);
    expect(help.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(help).not.toContain("[])");
    expect(command.description()).not.toBe("");
  }
});
