import type { Violation } from "./violation.ts";

const pinnedLists = ["dependencies", "devDependencies", "optionalDependencies"] as const;

/** Every version is exact, so that every machine has the same; every dependency is argued for in docs/decisions/. */
export function pinViolations(path: string, text: string, decisions: string): Violation[] {
  const manifest = JSON.parse(text) as Partial<Record<string, Record<string, string>>>;
  const lineOf = (name: string) => text.slice(0, text.indexOf(`"${name}":`)).split("\n").length;
  const violations: Violation[] = [];
  for (const [name, version] of pinnedLists.flatMap((list) => Object.entries(manifest[list] ?? {}))) {
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
      const todo = "pin one exact version";
      violations.push({ file: path, line: lineOf(name), what: `takes ${name} ${version}`, todo });
    }
    if (!decisions.includes(`\`${name}\``)) {
      const todo = `argue for it in docs/decisions/, with \`${name}\` in backticks`;
      violations.push({ file: path, line: lineOf(name), what: `depends on ${name}, which no decision names`, todo });
    }
  }
  return violations;
}
