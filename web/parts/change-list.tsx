import type { ChangeView, ComparedView } from "../../src/serve/index.ts";
import { changeWords } from "../figure-words.ts";
import { href } from "../route.ts";
import { count, moment } from "../words.ts";
import { ChangeBar } from "./change-bar.tsx";
import { GateTable } from "./gate-table.tsx";

type Change = Omit<ChangeView, "detail"> & { readonly comparedTotal: number };

/** What happened in production, newest first: who did what, when and why, with the difference and the gates. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  const most = Math.max(1, ...changes.flatMap(({ compared }) => compared.flatMap(gainOf)));
  return (
    <ol class="changes">
      {changes.map((change) => (
        <li key={change.entry}>
          <ChangeHead change={change} />
          {change.reason !== null && <p class="reason">{change.reason}</p>}
          {change.compared.map((compared) => (
            <Compared key={compared.name} {...{ change, compared, most }} />
          ))}
          {change.comparedTotal > change.compared.length && (
            <p class="quiet">and {count(change.comparedTotal - change.compared.length)} more data sets</p>
          )}
        </li>
      ))}
    </ol>
  );
}

const toneOf: Readonly<Record<ChangeView["action"], string>> = {
  promoted: "done",
  "rolled-back": "interrupted",
  refused: "failed",
  removed: "",
  "token-made": "",
};

function ChangeHead({ change: { project, action, name, from, to, run, atMs, by } }: { change: Change }) {
  return (
    <p class="change-head">
      <span class={`outcome ${toneOf[action]}`}>{action}</span>
      {name !== null && (
        <strong>
          <a href={href("data-set", project, name)}>{name}</a>
        </strong>
      )}
      {to !== null && (
        <span>
          {from ?? "none"} → {to}
        </span>
      )}
      {run !== null && (
        <span>
          <a href={href("run", run)}>run {run}</a>
        </span>
      )}
      <span class="quiet">
        {moment(atMs)}
        {by === null ? "" : ` by ${by}`}
      </span>
    </p>
  );
}

interface ComparedProps {
  readonly change: Change;
  readonly compared: ComparedView;
  readonly most: number;
}

function Compared({ change: { project, name: changed }, compared, most }: ComparedProps) {
  const { name, from, figures, gates } = compared;
  const [gained, lost] = gainOf(compared);
  return (
    <div class="compared">
      {changed === null && (
        <p>
          <strong>
            <a href={href("data-set", project, name)}>{name}</a>
          </strong>{" "}
          <span class="quiet">
            {from === null ? "would be the first in production" : `beside version ${from}, which production has`}
          </span>
        </p>
      )}
      <div>
        {gained + lost > 0 && <ChangeBar {...{ gained, lost, most }} />}
        <ChangeWords figures={figures} />
      </div>
      {gates.length > 0 && <GateTable gates={gates} />}
    </div>
  );
}

/** How a data set changed, in figures. */
export function ChangeWords({ figures }: { figures: ComparedView["figures"] }) {
  return (
    <ul class="change-words">
      {changeWords(figures).map(({ what, words }) => (
        <li key={what}>
          <span class="quiet">{what}:</span> {words}
        </li>
      ))}
    </ul>
  );
}

/** What came and what went: matches of a linkage, rows of anything else. All of a first version came, which says nothing. */
function gainOf({ from, figures }: ComparedView): [gained: number, lost: number] {
  if (from === null) return [0, 0];
  return [figures["matchesNew"] ?? figures["rowsNew"] ?? 0, figures["matchesLost"] ?? figures["rowsLost"] ?? 0];
}
