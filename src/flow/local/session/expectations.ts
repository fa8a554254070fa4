import type { MetadataReader } from "../../store/metadata-store.ts";

/** Tasks of an earlier run that are kept in mind by key: of a wider step only the longest, which are those that matter. */
const keysMax = 1_000;

/** What is known of a step beforehand. */
interface StepExpectation {
  readonly byKey: ReadonlyMap<string, number>;
  /** Of a task that has no time of its own. */
  readonly othersMs: number;
}

/**
 * How long tasks will take: as long as the task of that step and key took in the last run of the flow, else as the item's size
 * says. It decides which tasks of an open window begin first, and nothing else.
 */
export class Expectations {
  private readonly metadata: MetadataReader;
  private readonly run: string;
  private readonly steps = new Map<string, StepExpectation>();

  constructor(metadata: MetadataReader, run: string) {
    this.metadata = metadata;
    this.run = run;
  }

  /** Reads what is known of a step, when it begins. */
  async load(step: string): Promise<void> {
    const times = await this.metadata.readTimes(this.run, step, keysMax);
    if (times === null) return;
    const byKey = new Map(times.longest.map(({ key, tookMs }) => [key, tookMs]));
    // Those of a wide step that are not among the longest are short; of any other step they are new.
    this.steps.set(step, { byKey, othersMs: byKey.size < keysMax ? times.meanMs : 0 });
  }

  /** In any unit, for tasks of one step; 0 when nothing is known. */
  of(step: string, key: string, size: number | null): number {
    const known = this.steps.get(step);
    return known === undefined ? (size ?? 0) : (known.byKey.get(key) ?? known.othersMs);
  }
}
