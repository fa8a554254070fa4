import type { PathStretch, RunInsight } from "../../src/flow/index.ts";
import { count, duration } from "../words.ts";

/** The critical path: what the time of the run was made of, stretch by stretch. */
export function PathBars({ insight }: { insight: RunInsight }) {
  const longest = Math.max(1, ...insight.path.map(({ workMs, waitMs }) => workMs + total(waitMs)));
  if (insight.path.length === 0) return <p class="quiet">No task has begun.</p>;
  return (
    <table class="path">
      <caption class="quiet">
        The chain of tasks that made the run as long as it is: none of them could begin before the one above it ended.
      </caption>
      <tbody>
        {insight.path.map((stretch, place) => (
          <tr key={place}>
            <th scope="row">
              <span>{stretch.step}</span>
            </th>
            <td class="number">{duration(stretch.workMs)}</td>
            <td class="path-bar" aria-hidden="true">
              <Bar work={stretch.workMs / longest} wait={total(stretch.waitMs) / longest} />
            </td>
            <td>
              <small class="quiet">{notes(stretch)}</small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar({ work, wait }: { work: number; wait: number }) {
  return (
    <svg viewBox="0 0 100 10" preserveAspectRatio="none">
      <rect class="waited" width={100 * wait} height="10" />
      <rect class="worked" x={100 * wait} width={Math.max(0.3, 100 * work)} height="10" />
    </svg>
  );
}

function notes({ attempts, longestKey, longestMs, waits }: PathStretch): string {
  const tasks =
    attempts > 1
      ? [`${count(attempts)} tasks one after the other, the longest ${longestKey} ${duration(longestMs)}`]
      : [];
  const waited = waits.map(({ ms, words }) => `waited ${duration(ms)} ${words}`);
  return [...tasks, ...waited].join("; ");
}

function total(waitMs: PathStretch["waitMs"]): number {
  return Object.values(waitMs).reduce((sum, ms) => sum + ms, 0);
}
