import { seededRandom } from "../../src/base/index.ts";
import type { Fault } from "./faults.ts";
import { type Phase, phases } from "./moment.ts";
import { type Calm, type Places, Round, type RoundEnd } from "./round.ts";

/** What a fault came to over all its rounds. */
export interface FaultSum {
  readonly fault: string;
  readonly phases: ReadonlyMap<Phase, number>;
  readonly times: number;
  readonly lost: number;
  readonly doubled: number;
  readonly problems: readonly string[];
}

/** How often, with which seed, and how many rounds at a time. */
export interface CampaignOptions {
  readonly timesPerPhase: number;
  readonly seed: number;
  readonly lanes: number;
  readonly tell: (line: string) => void;
}

/** Injects a fault at random moments of every phase. A round whose run had ended before its moment is not counted and drawn again. */
export async function campaign(
  fault: Fault,
  calm: Calm,
  { timesPerPhase, seed, lanes, tell }: CampaignOptions,
  placesOf: () => Promise<Places | null> = async () => null,
): Promise<FaultSum> {
  const rounds = phases.flatMap((phase) => Array.from({ length: timesPerPhase }, (_, i) => ({ phase, i })));
  const ends: { phase: Phase; end: RoundEnd; seed: number }[] = [];
  const lane = async (): Promise<void> => {
    for (let round = rounds.shift(); round !== undefined; round = rounds.shift()) {
      const { phase, i } = round;
      for (let draw = 0; draw < 12; draw++) {
        const roundSeed = seed + phases.indexOf(phase) * 1_000_000 + i * 100 + draw;
        const end = await inject(fault, phase, roundSeed, calm, await placesOf());
        ends.push({ phase, end, seed: roundSeed });
        if (end.problems.length > 0) tell(`${fault.name}, ${phase}, seed ${roundSeed}: ${end.problems.join("; ")}`);
        if (end.injected) break;
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const injected = ends.filter(({ end }) => end.injected);
  const sum = (key: "lost" | "doubled"): number => ends.reduce((total, { end }) => total + end[key], 0);
  return {
    fault: fault.name,
    phases: new Map(phases.map((phase) => [phase, injected.filter((each) => each.phase === phase).length])),
    times: injected.length,
    lost: sum("lost"),
    doubled: sum("doubled"),
    problems: ends.flatMap(({ end }) => end.problems),
  };
}

/** One round of a fault, to be had again by its seed. */
export async function inject(
  fault: Fault,
  phase: Phase,
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
