import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

/** The parts of `npm run check`, cheapest first; each is an npm script of its own. */
const parts = ["typecheck", "lint", "format:check", "dead-code", "test"];

const { values } = parseArgs({ options: { without: { type: "string", multiple: true, default: [] } } });
for (const unknown of values.without.filter((name) => !parts.includes(name))) {
  console.error(`--without ${unknown}: no such part; there are ${parts.join(", ")}`);
  process.exit(2);
}

const times: string[] = [];
for (const part of parts.filter((name) => !values.without.includes(name))) {
  const startMs = performance.now();
  console.log(`\n== ${part}`);
  const { status } = spawnSync("npm", ["run", "--silent", part], { stdio: "inherit" });
  times.push(`${part} ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
  if (status !== 0) {
    console.error(`\nfailed: ${part} ("npm run ${part}" runs it alone). ${times.join(", ")}`);
    process.exit(1);
  }
}
console.log(`\n${times.join(", ")}`);
