import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

const terminal = new URL("./terminal.ts", import.meta.url).href;

/** What a command prints to a real terminal, or to a pipe; `script` gives a process a terminal of its own. */
function printed(code: string, where: "terminal" | "pipe", env: Readonly<Record<string, string>> = {}): string {
  const program = `import(${JSON.stringify(terminal)}).then(({ processTerminal }) => { ${code} })`;
  const clean = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", TERM: "xterm-256color", ...env };
  const [command, args] =
    where === "pipe"
      ? [process.execPath, ["-e", program]]
      : ["script", ["-qec", `'${process.execPath}' -e '${program.replaceAll("'", `'"'"'`)}'`, "/dev/null"]];
  return execFileSync(command as string, args as string[], {
    env: clean,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

const red = `const t = processTerminal(false); t.line(t.style("red", "warm"));`;

test("colours are for a terminal, and for nobody who set NO_COLOR or reads through a pipe", () => {
  expect(printed(red, "terminal")).toContain("\u001b[31mwarm");
  expect(printed(red, "terminal", { NO_COLOR: "1" })).toBe("warm\r\n");
  expect(printed(red, "pipe")).toBe("warm\n");
});

test("under --json the result is all that stdout gets", () => {
  const code = `const t = processTerminal(true); t.line("a line"); t.result({ a: 1 }, () => t.line("printed")); t.note("a note");`;
  expect(JSON.parse(printed(code, "pipe"))).toEqual({ a: 1 });
});

test("a status is one line of the terminal, gone before the next line is printed, and never goes into a pipe", () => {
  const code = `const t = processTerminal(false); t.status("s".repeat(500)); t.line("done");`;
  const shown = printed(code, "terminal");
  expect(shown).toMatch(/s{10,}/);
  expect((/s+/.exec(shown)?.[0] ?? "").length).toBeLessThan(500);
  expect(shown.indexOf("\u001b[2K", shown.lastIndexOf("s"))).toBeGreaterThan(0);
  expect(shown.indexOf("\u001b[2K", shown.lastIndexOf("s"))).toBeLessThan(shown.indexOf("done"));
  expect(printed(code, "pipe")).toBe("done\n");
});
