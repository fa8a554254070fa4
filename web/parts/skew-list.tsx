import type { RunInsight, StepInsight } from "../../src/flow/index.ts";
import { href } from "../route.ts";
import { count, duration } from "../words.ts";

/** The tasks that hold their step up, and why. */
export function SkewList({ run, steps }: { run: string; steps: readonly StepInsight[] }) {
  const skewed = steps.filter(({ skew }) => skew !== null);
  if (skewed.length === 0) return <p class="quiet">No task takes twice as long as half of its siblings.</p>;
  return (
    <ul class="skew">
      {skewed.map(({ step, skew }) => skew && <SkewItem key={step} run={run} step={step} skew={skew} />)}
    </ul>
  );
}

function SkewItem({ run, step, skew }: { run: string; step: string; skew: NonNullable<StepInsight["skew"]> }) {
  const { largestBlock } = skew;
  const size = [
    largestBlock?.rows === undefined ? [] : `${count(largestBlock.rows)} rows`,
    largestBlock?.pairs === undefined ? [] : `${count(largestBlock.pairs)} pairs`,
  ].flat();
  return (
    <li>
      <a href={href("run", run, step, skew.key)}>
        {step}/{skew.key}
      </a>{" "}
      took {duration(skew.tookMs)}, {skew.timesMedian.toFixed(1)}x the median: {skew.why}.
      {largestBlock && (
        <small class="quiet">
          {" "}
          Its largest block is {largestBlock.key}
          {size.length > 0 ? `: ${size.join(", ")}` : ""}.
        </small>
      )}
    </li>
  );
}

/** What to declare in place of what is declared. */
export function Suggestions({ suggestions }: { suggestions: RunInsight["suggestions"] }) {
  if (suggestions.length === 0) return <p class="quiet">What the steps declare fits what they used.</p>;
  return (
    <ul class="skew">
      {suggestions.map(({ step, resource, declared, used, flag }) => (
        <li key={flag}>
          {step} used up to {count(used)} {resource === "cpu" ? "cores" : "MiB"} and declares{" "}
          {declared === null ? "none" : count(declared)}: <code>{flag}</code>
        </li>
      ))}
    </ul>
  );
}
