import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { reportBench } from "../../bench/lib/report.ts";
import { campaign, isOver, roundsOf } from "./campaign.ts";
import { grounds } from "./grounds/grounds.ts";
import { phases } from "./moment.ts";
import { Progress } from "./progress.ts";
import { RoundLog } from "./round-log.ts";
import { sumOf, tableOf, total } from "./table.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "20" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
    lanes: { type: "string" },
    only: { type: "string", default: "" },
    log: { type: "string" },
  },
});
const say = (line: string): unknown => process.stderr.write(`${line}\n`);
const seed = Number(values.seed);
const roundsPerPhase = Number(values.rounds);
const path = values.log ?? join(tmpdir(), `kindred-faults-${seed}.jsonl`);
const log = new RoundLog(path, seed);
say(`seed ${seed}; ${roundsPerPhase} rounds in each of ${phases.join(", ")}`);
say(`rounds are logged in ${path}: with --seed ${seed} --log ${path} those that are there are not run again`);

const problems: string[] = [];
const wanted = values.only.split(",");
const plans = grounds.map((ground) => {
  const asked = ground.names.filter((name) => wanted.some((text) => name.includes(text)));
  const missing = asked.filter((name) => ground.missing(name) !== null);
  problems.push(...missing.map((name) => `${name} was not injected: this machine lacks ${ground.missing(name)}`));
  return { ground, names: asked.filter((name) => !missing.includes(name)) };
});
const names = plans.flatMap((plan) => plan.names);
const rounds = roundsOf(names, roundsPerPhase);
const progress = new Progress(log, rounds.length, rounds.filter((round) => isOver(round, log)).length, say);
const commit = execFileSync("git", ["describe", "--always", "--dirty", "--abbrev=7"], { encoding: "utf8" }).trim();
for (const { ground, names } of plans) {
  const lanes = Number(values.lanes ?? ground.lanes);
  await campaign({ ...ground, lanes }, names, { roundsPerPhase, seed, commit, log, onRound: progress.note });
}

const sums = names.map((name) => sumOf(name, log.rounds));
process.stdout.write(tableOf(sums));
say(`on ${[...new Set(log.rounds.map((round) => round.commit))].join(", ")}`);
for (const { fault, times } of sums) {
  const few = phases.filter((phase) => (times.get(phase) ?? 0) < roundsPerPhase);
  if (few.length > 0) problems.push(`${fault} came less than ${roundsPerPhase} times in ${few.join(", ")}`);
}
for (const round of log.rounds)
  problems.push(...round.problems.map((text) => `${round.fault}, ${round.seed}: ${text}`));
const figures = {
  seed,
  faults: sums.length,
  times: total(sums.flatMap(({ times }) => [...times.values()])),
  lost: total(sums.map(({ lost }) => lost)),
  doubled: total(sums.map(({ doubled }) => doubled)),
};
reportBench("faults", figures, { lost: 0, doubled: 0 }, problems.slice(0, 40));
