import { parseArgs } from "node:util";
import { reportBench } from "../../bench/lib/report.ts";
import { seededRandom } from "../../src/base/index.ts";
import { campaign, type FaultSum } from "./campaign.ts";
import { localFaults } from "./faults.ts";
import { phases } from "./moment.ts";
import { calmRun } from "./round.ts";

const { values } = parseArgs({
  options: {
    times: { type: "string", default: "20" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
    lanes: { type: "string", default: "4" },
    only: { type: "string", default: "" },
  },
});
const say = (line: string): unknown => process.stderr.write(`${line}\n`);
const options = {
  timesPerPhase: Number(values.times),
  seed: Number(values.seed),
  lanes: Number(values.lanes),
  tell: say,
};
const only = values.only;
say(`seed ${options.seed}; ${options.timesPerPhase} times in each of ${phases.join(", ")}`);

const sums: FaultSum[] = [];
const problems: string[] = [];
const calm = await calmRun(seededRandom(options.seed));
for (const fault of localFaults) {
  if (!fault.name.includes(only)) continue;
  const missing = fault.missing();
  if (missing !== null) {
    problems.push(`${fault.name} was not injected: this machine lacks ${missing}`);
    continue;
  }
  const sum = await campaign(fault, calm, options);
  sums.push(sum);
  say(`${fault.name}: ${sum.times} times, ${sum.lost} lost, ${sum.doubled} doubled`);
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
const columns = ["fault", ...phases, "times", "lost", "doubled"];
process.stdout.write(row(columns) + row(columns.map(() => "---")));
for (const sum of sums) {
  const counts = [...phases.map((phase) => sum.phases.get(phase) ?? 0), sum.times, sum.lost, sum.doubled];
  process.stdout.write(row([sum.fault, ...counts.map(String)]));
  const few = phases.filter((phase) => (sum.phases.get(phase) ?? 0) < options.timesPerPhase);
  if (few.length > 0) problems.push(`${sum.fault} came less than ${options.timesPerPhase} times in ${few.join(", ")}`);
  problems.push(...sum.problems.map((problem) => `${sum.fault}: ${problem}`));
}
const total = (key: "times" | "lost" | "doubled"): number => sums.reduce((all, sum) => all + sum[key], 0);
const figures = {
  seed: options.seed,
  faults: sums.length,
  times: total("times"),
  lost: total("lost"),
  doubled: total("doubled"),
};
reportBench("faults", figures, { lost: 0, doubled: 0 }, problems.slice(0, 40));
