import type { GateOutcome } from "../../src/flow/index.ts";
import { figureText } from "../figure-words.ts";

/** What the gates of a project say: the bound of each, and what was seen. */
export function GateTable({ gates }: { gates: readonly GateOutcome[] }) {
  if (gates.length === 0) return <p class="quiet">kindred.yaml declares no gate for it.</p>;
  return (
    <table class="gates">
      <thead>
        <tr>
          <th scope="col">gate</th>
          <th scope="col" class="number">
            bound
          </th>
          <th scope="col" class="number">
            seen
          </th>
          <th scope="col">
            <span class="hidden">outcome</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {gates.map(({ gate, figure, bound, seen, passed }) => (
          <tr key={gate}>
            <th scope="row">{gate}</th>
            <td class="number">{figureText(figure, bound)}</td>
            <td class="number">{figureText(figure, seen)}</td>
            <td>
              <span class={`outcome ${passed ? "done" : "failed"}`}>{passed ? "passed" : "FAILED"}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
