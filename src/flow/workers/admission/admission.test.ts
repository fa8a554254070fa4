import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turnOver } from "node:timers/promises";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { seededRandom } from "../../../base/index.ts";
import { Admission, type Grant } from "./admission.ts";
import type { Capacity } from "./capacity.ts";
import type { Demand } from "./demand.ts";
import { readHostConfig } from "./host-config.ts";

const capacity: Capacity = {
  cpu: 4,
  memoryMiB: 1_000,
  diskMiB: 1_000,
  named: { llm: { atOnce: 3, perMinute: 10 }, desk: { atOnce: 1 } },
};

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "kindred-admission-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function need(parts: Partial<Demand>): Demand {
  return { cpu: 1, memoryMiB: 0, diskMiB: 0, named: {}, ...parts };
}

const demands = fc.record({
  cpu: fc.constantFrom(0.1, 0.5, 1, 2, 4),
  memoryMiB: fc.constantFrom(0, 100, 600, 1_000),
  diskMiB: fc.constantFrom(0, 500),
  named: fc.constantFrom<Demand["named"]>({}, {}, { llm: 1 }, { llm: 3 }, { desk: 1 }, { llm: 2, desk: 1 }),
});

test("runs together never take more than their host has, nor begin more a minute, and every task has its turn", async () => {
  const place = folder();
  let world = 0;
  const worlds = fc.record({
    runs: fc.array(fc.array(demands, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 }),
    seed: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(worlds, async ({ runs, seed }) => {
      const random = seededRandom(seed);
      const clock = { now: 1_000_000, nowMs: () => clock.now };
      const hosts = runs.map(() => new Admission(join(place, `${world}.sqlite`), capacity, clock));
      world += 1;
      const waiting = runs.map((tasks) => [...tasks]);
      const running: { host: number; grant: Grant }[] = [];
      const starts: { atMs: number; units: number }[] = [];
      for (let turn = 0; waiting.some((tasks) => tasks.length > 0); turn++) {
        expect(turn).toBeLessThan(5_000);
        clock.now += random.integer(2_000);
        const host = random.integer(hosts.length);
        const demand = waiting[host]?.[0];
        const answer = demand === undefined ? null : (hosts[host] as Admission).ask(demand);
        if (demand !== undefined && answer !== null && answer.grant !== null) {
          waiting[host]?.shift();
          running.push({ host, grant: answer.grant });
          starts.push({ atMs: clock.now, units: demand.named["llm"] ?? 0 });
        } else if (running.length > 0 && random.integer(2) === 0) {
          const [ended] = running.splice(random.integer(running.length), 1);
          if (ended !== undefined) hosts[ended.host]?.giveBack(ended.grant);
          await turnOver();
        }
        assertWithin(running.map(({ grant }) => grant.demand));
        const lately = starts.filter(({ atMs }) => atMs > clock.now - 60_000);
        expect(lately.reduce((sum, { units }) => sum + units, 0)).toBeLessThanOrEqual(10);
      }
      for (const each of hosts) each.close();
    }),
    { seed: 20261126, numRuns: 60 },
  );
});

function assertWithin(running: readonly Demand[]): void {
  const total = (amount: (demand: Demand) => number): number => running.reduce((sum, each) => sum + amount(each), 0);
  expect(total(({ cpu }) => cpu)).toBeLessThanOrEqual(capacity.cpu + 1e-9);
  expect(total(({ memoryMiB }) => memoryMiB)).toBeLessThanOrEqual(capacity.memoryMiB);
  expect(total(({ diskMiB }) => diskMiB)).toBeLessThanOrEqual(capacity.diskMiB);
  expect(total(({ named }) => named["llm"] ?? 0)).toBeLessThanOrEqual(3);
  expect(total(({ named }) => named["desk"] ?? 0)).toBeLessThanOrEqual(1);
}

test("a rate that is used up says when it allows more, and keeps no core from other tasks meanwhile", () => {
  const clock = { now: 0, nowMs: () => clock.now };
  const path = join(folder(), "admission.sqlite");
  const [one, other] = [new Admission(path, capacity, clock), new Admission(path, capacity, clock)];
  for (let i = 0; i < 10; i++, clock.now += 100) {
    const { grant } = one.ask(need({ named: { llm: 1 } }));
    if (grant === null) throw new Error(`no grant for question ${i}`);
    one.giveBack(grant);
  }
  expect(one.ask(need({ named: { llm: 1 } }))).toEqual({ grant: null, lacks: "named", retryInMs: 59_000 });
  expect(other.ask(need({ cpu: 4 })).grant).not.toBeNull();
  clock.now += 59_000;
  expect(one.ask(need({ cpu: 0.05, named: { llm: 1 } }))).toMatchObject({ lacks: "room" });
  one.close();
  other.close();
});

test("two runs that ask for the same take turns", () => {
  const clock = { now: 0, nowMs: () => ++clock.now };
  const path = join(folder(), "admission.sqlite");
  const hosts = [new Admission(path, capacity, clock), new Admission(path, capacity, clock)] as const;
  const all = need({ cpu: 4 });
  const turns: number[] = [];
  let holder = hosts[0].ask(all).grant;
  let held = 0;
  hosts[1].ask(all);
  for (let i = 0; i < 6; i++) {
    if (holder !== null) hosts[held]?.giveBack(holder);
    for (const [run, host] of hosts.entries()) {
      const { grant } = host.ask(all);
      if (grant !== null) [holder, held] = [grant, run];
    }
    turns.push(held);
  }
  expect(turns).toEqual([1, 0, 1, 0, 1, 0]);
  for (const host of hosts) host.close();
});

test("what is in host.json is checked, and says how it should look", () => {
  const home = folder();
  expect(readHostConfig(home)).toEqual({});
  for (const text of [
    "{",
    '{"ram": 4}',
    '{"cpu": 0}',
    '{"resources": {"llm": {"atOnce": "four"}}}',
    '{"resources": {"llm": 4}}',
  ]) {
    writeFileSync(join(home, "host.json"), text);
    expect(() => readHostConfig(home)).toThrow(/host\.json.*expected such as \{ "memoryMiB"/s);
  }
  writeFileSync(join(home, "host.json"), '{"cpu": 3, "resources": {"llm": {"atOnce": 4, "perMinute": 60}}}');
  expect(readHostConfig(home)).toEqual({ cpu: 3, resources: { llm: { atOnce: 4, perMinute: 60 } } });
});
