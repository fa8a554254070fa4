import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { setUpMetaflow } from "./flow/contenders.ts";
import type { Row, RowResult } from "./flow/row.ts";
import { handover } from "./flow/rows/handover.ts";
import { rerun } from "./flow/rows/rerun.ts";
import { resume } from "./flow/rows/resume.ts";
import { trivialTasks } from "./flow/rows/trivial-tasks.ts";
import { wideSteps } from "./flow/rows/wide-steps.ts";
import { reportBench } from "./lib/report.ts";

/**
 * Kindred's flow runtime beside Metaflow, each by its own command and as it comes, in one run: npm run bench:flow [-- --only wide].
 * Sets Metaflow up by itself. Every figure is of runs whose results were found equal, or right.
 */
const rows: Readonly<Record<string, Row>> = { trivial: trivialTasks, wide: wideSteps, handover, resume, rerun };

const { values } = parseArgs({ options: { only: { type: "string", multiple: true } } });
setUpMetaflow();
const results: RowResult[] = [];
for (const [name, row] of Object.entries(rows)) {
  if (values.only !== undefined && !values.only.includes(name)) continue;
  if (name === "rerun" && !existsSync(fileURLToPath(new URL("../src/cli/commands/rerun.ts", import.meta.url)))) {
    console.log("one task again      kindred rerun is not there");
    continue;
  }
  const result = await row();
  for (const line of result.lines) console.log(line);
  results.push(result);
}
const all = <T>(part: (result: RowResult) => Readonly<Record<string, T>>): Record<string, T> =>
  Object.assign({}, ...results.map(part)) as Record<string, T>;
reportBench(
  "flow",
  all(({ figures }) => figures),
  all(({ bars }) => bars),
  results.flatMap(({ problems }) => problems),
);
