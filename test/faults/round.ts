import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "../../src/base/index.ts";
import { type Evidence, gather, type Scene } from "./judge/evidence.ts";
import { folderBlobs, sqliteQuery } from "./judge/scenes.ts";
import { judge, type Verdict } from "./judge/verdict.ts";
import { drawMoment, type Phase, type Rhythm, Signs } from "./moment.ts";
import { type SessionEnd, SessionProcess } from "./session.ts";

/** What a calm run is like: what it came to, and how its phases lie in time. */
export interface Calm {
  readonly evidence: Evidence;
  readonly rhythm: Rhythm;
}

/** Where a round's run lives, when that is not its own folder. */
export interface Places {
  /** What the session is told of them. */
  readonly order?: object;
  readonly scene?: Omit<Scene, "folder">;
  /** Of the flow, where its rounds differ in them; then what a calm run with the same comes to. */
  readonly params?: object;
  readonly calm?: Evidence;
  /** Outcomes that are committed now, where no file tells of them. */
  readonly commits?: () => Promise<number>;
  /** True where the run goes on without the process that began it, which then cannot be taken over. */
  readonly isDetached?: boolean;
}

/** How a round ended: whether the fault came before the run had ended, and what the judge says. */
export interface RoundEnd extends Verdict {
  readonly injected: boolean;
}

const resumesMax = 12;

/** One run in a folder of its own into which one fault comes. */
export class Round {
  readonly phase: Phase;
  readonly random: Random;
  readonly folder = mkdtempSync(join(tmpdir(), "kindred-fault-"));
  /** Another folder than its own where the fault is one of the disk's. */
  home = join(this.folder, "home");
  /** What was committed when the fault had come. */
  earlier: Evidence | null = null;
  /** Sessions that went on after a fault, for faults that need a hand there. */
  environment: Readonly<Record<string, string>> = {};
  private readonly calm: Calm | null;
  private readonly places: Places | null;
  private readonly processes: SessionProcess[] = [];

  constructor(phase: Phase, random: Random, calm: Calm | null, places: Places | null = null) {
    this.phase = phase;
    this.random = random;
    this.calm = calm;
    this.places = places;
  }

  get scene(): Scene {
    const own = {
      query: sqliteQuery(join(this.home, "runs.sqlite")),
      blobBytes: folderBlobs(join(this.home, "blobs")),
    };
    return { ...own, ...this.places?.scene, folder: this.folder };
  }

  start(
    params: object = {},
    environment: Readonly<Record<string, string>> = {},
    exportName = "default",
  ): SessionProcess {
    return this.session(
      { exportName, params: { folder: this.folder, ...this.places?.params, ...params } },
      environment,
    );
  }

  resume(environment: Readonly<Record<string, string>> = this.environment): SessionProcess {
    return this.session({ run: "latest" }, environment);
  }

  /**
   * Begins the session that the fault comes into: the first of the run or, to have a run claimed that is there, in the phase of
   * claims one that goes on after a kill.
   */
  async begin(needsRun = false, environment: Readonly<Record<string, string>> = {}): Promise<SessionProcess> {
    const isTaken = this.phase === "claim" && (needsRun || this.random.next() < 0.5);
    if (!isTaken || this.places?.isDetached === true) return this.start({}, environment);
    const first = this.start();
    const signs = this.signsOf(first);
    await signs.reach({ phase: "run", count: 1 + this.random.integer(10), delayMs: this.random.integer(15) }, first);
    signs.close();
    first.signal("SIGKILL");
    await first.ended;
    return this.resume(environment);
  }

  /** What the flow has published, as a hash. */
  async published(): Promise<string | null> {
    return (await gather({ ...this.scene, query: async () => [] })).published;
  }

  /** Waits for the round's moment; false when the run ended before it. */
  async reach(session: SessionProcess): Promise<boolean> {
    const { rhythm } = this.calm as Calm;
    const signs = this.signsOf(session);
    try {
      return await signs.reach(drawMoment(this.phase, rhythm, this.random), session);
    } finally {
      signs.close();
    }
  }

  /** What tells from outside how far a session is. */
  signsOf(session: SessionProcess): Signs {
    return new Signs(this.folder, this.home, session, this.places?.commits);
  }

  /** Takes down what is committed now. Only while no scheduler writes, or of one snapshot. */
  async takeDown(): Promise<void> {
    this.earlier = await gather(this.scene, true);
  }

  /** Goes on until the run is done. Returns the end of the last session that went on; null when there was none to go on. */
  async finish(): Promise<SessionEnd | null> {
    let end: SessionEnd | null = null;
    for (let i = 0; i < resumesMax; i++) {
      const { runs, status } = await this.standing();
      if (status === "done") return end;
      const session = runs === 0 ? this.start({}, this.environment) : this.resume();
      end = await session.ended;
      if (end.code === "done") return end;
      if (end.code !== "run-locked") return end;
      await wait(1_000);
    }
    return end;
  }

  /** Metadata that the judge cannot read is there all the same. */
  private standing(): Promise<Pick<Evidence, "runs" | "status">> {
    return gather(this.scene, true).catch(() => ({ runs: 1, status: "unreadable" }));
  }

  /** Goes on, and has the judge look. */
  async verdict(injected: boolean): Promise<RoundEnd> {
    const end = await this.finish();
    const found = judge(this.places?.calm ?? (this.calm as Calm).evidence, await gather(this.scene), this.earlier);
    const hanging = this.processes.filter(({ isHanging }) => isHanging).map(() => "a session did not end");
    const words = end === null || end.code === "done" ? [] : [`the last session: ${end.code} ${end.message}`];
    const problems = [...found.problems, ...hanging, ...(found.problems.length > 0 ? words : [])];
    return { injected, ...found, lost: found.lost + hanging.length, problems };
  }

  async close(): Promise<void> {
    for (const session of this.processes) session.signal("SIGKILL");
    await Promise.all(this.processes.map(({ ended }) => ended));
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private session(order: object, environment: Readonly<Record<string, string>>): SessionProcess {
    const session = new SessionProcess({ home: this.home, ...this.places?.order, ...order }, environment);
    this.processes.push(session);
    return session;
  }
}

/** Runs the flow with nothing coming into it. @throws when that does not even work */
export async function calmRun(random: Random, places: Places | null = null): Promise<Calm> {
  const round = new Round("claim", random, null, places);
  try {
    const session = round.start();
    const signs = round.signsOf(session);
    let begunMs = 0;
    session.onEvent((type) => {
      if (type === "session-begun") begunMs = performance.now();
    });
    await signs.reach({ phase: "run", count: 1, delayMs: 0 }, session);
    const claimMs = performance.now() - begunMs;
    const end = await session.ended;
    if (end.code !== "done") throw new Error(`the calm run ended with ${end.code}: ${end.message}`);
    const evidence = await gather(round.scene);
    if (evidence.damage.length > 0) throw new Error(evidence.damage.join("\n"));
    signs.close();
    return { evidence, rhythm: { claimMs, commits: signs.commits, tasks: signs.calls().length } };
  } finally {
    await round.close();
  }
}
