import { parseArgs } from "node:util";
import { setUpMetaflow } from "./flow/contenders.ts";
import type { Row, RowResult } from "./flow/row.ts";
import { handover } from "./flow/rows/handover.ts";
import { rerun } from "./flow/rows/rerun.ts";
import { resume } from "./flow/rows/resume.ts";
import { temporalHost } from "./flow/rows/temporal-host.ts";
import { trivialTasks } from "./flow/rows/trivial-tasks.ts";
import { wideSteps } from "./flow/rows/wide-steps.ts";
import { reportBench } from "./lib/report.ts";

/**
 * Kindred's flow runtime beside Metaflow, each by its own command and as it comes, in one run: npm run bench:flow [-- --only wide].
 * Sets Metaflow up by itself; the row of the Temporal host wants the servers of scripts/setup-servers.sh, and --waiting 10000 for
 * as many tasks as the issue names, which takes 15 minutes. Every figure is of runs whose results were found equal, or right.
 */
const rows: Readonly<Record<string, Row>> = {
  trivial: trivialTasks,
  wide: wideSteps,
  handover,
  resume,
  rerun,
  temporal: () => temporalHost(Number(values.waiting)),
};

const { values } = parseArgs({
  options: { only: { type: "string", multiple: true }, waiting: { type: "string", default: "400" } },
});
setUpMetaflow();
const results: RowResult[] = [];
for (const [name, row] of Object.entries(rows)) {
  if (values.only !== undefined && !values.only.includes(name)) continue;
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
