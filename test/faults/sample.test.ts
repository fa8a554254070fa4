import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "../../src/base/index.ts";
import { inject } from "./campaign.ts";
import type { OpenGround } from "./fault.ts";
import { grounds } from "./grounds/grounds.ts";
import { phases } from "./moment.ts";
import { type Calm, calmRun } from "./round.ts";

// One round of each fault; `npm run test:faults` injects each at twenty moments of every phase.
const seed = 20_261_126;

describe.each(grounds)("on $title", (ground) => {
  let open: OpenGround;
  let calm: Calm;
  beforeAll(async () => {
    open = await ground.open();
    calm = await calmRun(seededRandom(seed), await open.newPlaces());
  }, 240_000);
  afterAll(() => open.close());

  test.for(ground.names.map((name, i) => [name, i] as const))(
    "nothing is lost or done twice after: %s",
    { timeout: 240_000 },
    async ([name, i], context) => {
      const missing = ground.missing(name);
      if (missing !== null) context.skip(`this machine lacks ${missing}`);
      const fault = open.faults.find((each) => each.name === name);
      const phase = phases[i % phases.length] ?? "run";
      if (fault === undefined) throw new Error(`no fault ${name}`);
      const { lost, doubled, problems } = await inject(fault, phase, seed + i, calm, await open.newPlaces());
      expect({ lost, doubled, problems }).toEqual({ lost: 0, doubled: 0, problems: [] });
    },
  );
});
