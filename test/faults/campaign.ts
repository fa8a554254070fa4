import { seededRandom } from "../../src/base/index.ts";
import type { Fault, Ground } from "./fault.ts";
import { phases } from "./moment.ts";
import { type Calm, calmRun, type Places, Round, type RoundEnd } from "./round.ts";
import type { RoundLog, RoundName } from "./round-log.ts";

/** A round whose run had ended before its moment is drawn again so often. */
const drawsMax = 12;

/** How often, with which seed, on which code, and what is told of each round that was run. */
export interface CampaignOptions {
  readonly roundsPerPhase: number;
  readonly seed: number;
  readonly commit: string;
  readonly log: RoundLog;
  readonly onRound: (round: RoundName) => void;
}

/** All rounds of faults. */
export function roundsOf(names: readonly string[], roundsPerPhase: number): RoundName[] {
  return names.flatMap((fault) =>
    phases.flatMap((phase) => Array.from({ length: roundsPerPhase }, (_, index) => ({ fault, phase, index }))),
  );
}

/** True once the round came to its moment, or was drawn as often as it may. */
export function isOver(round: RoundName, log: RoundLog): boolean {
  const draws = log.of(round);
  return draws.length >= drawsMax || draws.some(({ injected }) => injected);
}

/** Injects the faults of a ground at random moments of every phase, but for rounds that are in the log. */
export async function campaign(ground: Ground, names: readonly string[], options: CampaignOptions): Promise<void> {
  const left = roundsOf(names, options.roundsPerPhase).filter((round) => !isOver(round, options.log));
  if (left.length === 0) return;
  let calm: Promise<Calm> | null = null;
  const lane = async (): Promise<void> => {
    const open = await ground.open();
    try {
      calm ??= open.newPlaces().then((places) => calmRun(seededRandom(options.seed), places));
      const rhythm = await calm;
      for (let round = left.shift(); round !== undefined; round = left.shift()) {
        const fault = open.faults.find(({ name }) => name === round?.fault) as Fault;
        await drawn(fault, round, rhythm, options, () => open.newPlaces());
      }
    } finally {
      await open.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(ground.lanes, left.length) }, lane));
}

async function drawn(
  fault: Fault,
  round: RoundName,
  calm: Calm,
  { seed, commit, log, onRound }: CampaignOptions,
  newPlaces: () => Promise<Places | null>,
): Promise<void> {
  while (!isOver(round, log)) {
    const draw = log.of(round).length;
    const roundSeed = seed + phases.indexOf(round.phase) * 1_000_000 + round.index * 100 + draw;
    const beganMs = performance.now();
    const end = await inject(fault, round.phase, roundSeed, calm, await newPlaces());
    const seconds = Math.round((performance.now() - beganMs) / 100) / 10;
    log.add({ ...round, ...end, seed: roundSeed, commit, seconds });
  }
  onRound(round);
}

/** One round of a fault, to be had again by its seed. */
export async function inject(
  fault: Fault,
  phase: RoundName["phase"],
  seed: number,
  calm: Calm,
  places: Places | null,
): Promise<RoundEnd> {
  const round = new Round(phase, seededRandom(seed), calm, places);
  try {
    return await fault.inject(round);
  } catch (error) {
    const problem = `the round itself failed: ${(error as Error).stack}`;
    return { injected: true, lost: 1, doubled: 0, problems: [problem] };
  } finally {
    await round.close();
  }
}
