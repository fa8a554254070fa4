import { parseArgs } from "node:util";
import { reportBench } from "../../bench/lib/report.ts";
import { seededRandom } from "../../src/base/index.ts";
import { campaign, type FaultSum } from "./campaign.ts";
import { type Fault, localFaults } from "./faults.ts";
import { phases } from "./moment.ts";
import { startRemoteFaults } from "./remote.ts";
import { calmRun, type Places } from "./round.ts";

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
say(`seed ${options.seed}; ${options.timesPerPhase} times in each of ${phases.join(", ")}`);

const sums: FaultSum[] = [];
const problems: string[] = [];
const isAsked = (fault: Fault): boolean => fault.name.includes(values.only);

/** Injects faults of one kind of place, and takes down what came of it. */
async function injectAll(faults: readonly Fault[], lanes: number, placesOf?: () => Promise<Places>): Promise<void> {
  if (faults.length === 0) return;
  const calm = await calmRun(seededRandom(options.seed), (await placesOf?.()) ?? null);
  for (const fault of faults) {
    const missing = fault.missing();
    if (missing !== null) {
      problems.push(`${fault.name} was not injected: this machine lacks ${missing}`);
      continue;
    }
    const sum = await campaign(fault, calm, { ...options, lanes }, placesOf);
    sums.push(sum);
    say(`${fault.name}: ${sum.times} times, ${sum.lost} lost, ${sum.doubled} doubled`);
  }
}

await injectAll(localFaults.filter(isAsked), options.lanes);
const remote = await startRemoteFaults();
try {
  await injectAll(remote.faults.filter(isAsked), 1, remote.newPlaces);
} finally {
  await remote.stop();
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
