import { useState } from "preact/hooks";
import type { DecisionView, PairAnswer, PairView, RecordName } from "../../src/serve/index.ts";
import { api } from "../api.ts";
import { Show, useLoaded } from "../load.tsx";
import { RecordTable } from "../parts/record-table.tsx";
import { Waterfall } from "../parts/waterfall.tsx";
import { href } from "../route.ts";
import { valueText } from "../words.ts";

/** A pair with its evidence, its two records, and the means to say otherwise. */
export function PairPage({ left, right }: { left: RecordName; right: RecordName }) {
  const key = JSON.stringify([left, right]);
  const [pair, again] = useLoaded(key, () => api.pair(left, right));
  const [decisions, decisionsAgain] = useLoaded(`decisions ${key}`, api.decisions);
  const onDecided = (): void => {
    again();
    decisionsAgain();
  };
  return (
    <Show of={pair}>
      {(value) => (
        <article>
          <h1 class="pair">
            <span>{labelOf(value, "left")}</span>{" "}
            <span class="quiet" aria-hidden="true">
              ∼
            </span>{" "}
            <span>{labelOf(value, "right")}</span>
          </h1>
          <p class="under">
            <span class={`outcome ${value.outcome}`}>{value.outcome}</span> {value.reason}
          </p>
          <Entities of={value.entities} />
          <section>
            <h2>The evidence</h2>
            <Waterfall pair={value} />
          </section>
          <section>
            <h2>The two records</h2>
            <RecordTable records={[value.left, value.right]} />
          </section>
          <Show of={decisions}>
            {(answer) => <Decide pair={value} decisions={answer.decisions} onDecided={onDecided} />}
          </Show>
        </article>
      )}
    </Show>
  );
}

/** What the two records belong to now: one entity, or two. */
function Entities({ of: { left, right } }: { of: PairAnswer["entities"] }) {
  const found = [left, right].filter((entity) => entity !== null);
  if (found.length === 0) return null;
  const isOne = left !== null && left.id === right?.id;
  const shown = isOne ? found.slice(0, 1) : found;
  return (
    <p class="quiet">
      {isOne ? "Both are records of " : shown.length === 1 ? "One is a record of " : "They are records of "}
      {shown.map(({ id, label }, place) => (
        <span key={id}>
          {place > 0 && " and of "}
          <a href={href("entity", id)}>{label}</a>
        </span>
      ))}
      .
    </p>
  );
}

function labelOf(pair: PairView, side: "left" | "right"): string {
  const { title, name, year } = pair[side].values;
  const label = valueText(title ?? name) || pair[side].id;
  return typeof year === "number" ? `${label} (${year})` : label;
}

interface DecideProps {
  readonly pair: PairView;
  readonly decisions: readonly DecisionView[];
  readonly onDecided: () => void;
}

/** Buttons to keep the two apart or together, with a question in between, and the way back. */
function Decide({ pair, decisions, onDecided }: DecideProps) {
  const [asked, setAsked] = useState<(() => Promise<unknown>) | null>(null);
  const [state, setState] = useState<{ busy: boolean; text: string }>({ busy: false, text: "" });
  const made = decisions.findLast((one) => !one.revoked && isAbout(one, pair));
  const carryOut = async (): Promise<void> => {
    setState({ busy: true, text: "Clustering again …" });
    try {
      await asked?.();
      setState({ busy: false, text: "Done. The graph was clustered again and published." });
      onDecided();
    } catch (error) {
      setState({ busy: false, text: (error as Error).message });
    }
    setAsked(null);
  };
  const ask = (act: () => Promise<unknown>) => () => setAsked(() => act);
  return (
    <section class="decide" aria-label="Decide">
      <h2>What do you know?</h2>
      <p class="quiet">
        {made
          ? `Someone said that these are ${made.kind}. It holds in every later run until it is taken back.`
          : "A decision holds in every later run, and can be taken back."}
      </p>
      <p class="buttons">
        {made ? (
          <button type="button" disabled={state.busy} onClick={ask(() => api.revoke(made.event))}>
            Take the decision back
          </button>
        ) : pair.outcome === "match" ? (
          <button
            type="button"
            disabled={state.busy}
            onClick={ask(() => api.decide("different", pair.left, pair.right))}
          >
            Undo this merge
          </button>
        ) : (
          <button type="button" disabled={state.busy} onClick={ask(() => api.decide("same", pair.left, pair.right))}>
            They are the same
          </button>
        )}
        {asked && (
          <span role="alertdialog" aria-label="Are you sure?">
            Sure?{" "}
            <button type="button" class="primary" disabled={state.busy} onClick={() => void carryOut()}>
              Yes
            </button>{" "}
            <button type="button" onClick={() => setAsked(null)}>
              No
            </button>
          </span>
        )}
      </p>
      <p role="status">{state.text}</p>
    </section>
  );
}

function isAbout(decision: DecisionView, pair: PairView): boolean {
  const key = (record: RecordName): string => JSON.stringify([record.source, record.id]);
  const said = new Set([key(decision.left), key(decision.right)]);
  return said.has(key(pair.left)) && said.has(key(pair.right));
}
