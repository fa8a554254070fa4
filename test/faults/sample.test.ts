import { beforeAll, expect, test } from "vitest";
import { seededRandom } from "../../src/base/index.ts";
import { inject } from "./campaign.ts";
import { localFaults } from "./faults.ts";
import { phases } from "./moment.ts";
import { type Calm, calmRun } from "./round.ts";

// One round of each fault; `npm run test:faults` injects each at twenty moments of every phase.
const seed = 20_261_126;
let calm: Calm;
beforeAll(async () => {
  calm = await calmRun(seededRandom(seed));
}, 60_000);

test.for(localFaults.map((fault, i) => [fault.name, fault, i] as const))(
  "nothing is lost or done twice after: %s",
  { timeout: 120_000 },
  async ([, fault, i], context) => {
    const missing = fault.missing();
    if (missing !== null) context.skip(`this machine lacks ${missing}`);
    const phase = phases[i % phases.length] ?? "run";
    const { lost, doubled, problems } = await inject(fault, phase, seed + i, calm, null);
    expect({ lost, doubled, problems }).toEqual({ lost: 0, doubled: 0, problems: [] });
  },
);
