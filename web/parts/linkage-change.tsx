import type { ComponentChildren } from "preact";
import type { LinkageChangeView, MatchChangeView } from "../../src/serve/index.ts";
import { href } from "../route.ts";
import { count, weight } from "../words.ts";
import { ShareBar } from "./change-bar.tsx";

/** How two linkages differ: matches that came and went, why, and what became of entities. */
export function LinkageChange({ from, change }: { from: number | null; change: LinkageChangeView }) {
  const { pairs } = change;
  return (
    <>
      <figure class="share">
        <ShareBar same={pairs.same} gained={pairs.new} lost={pairs.lost} />
        <figcaption>
          matches: <span class="gained">{count(pairs.new)} new</span>,{" "}
          <span class="gone">{count(pairs.lost)} lost</span>, {count(pairs.same)} the same
        </figcaption>
      </figure>
      <BothSides from={from} change={change} />
      <Causes causes={change.causes} />
      <Entities entities={change.entities} />
      {change.examples.length > 0 && (
        <>
          <h3>Examples, one of each cause</h3>
          <ul class="examples">
            {change.examples.map((example, place) => (
              <Example key={place} example={example} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function BothSides({ from, change: { before, after } }: { from: number | null; change: LinkageChangeView }) {
  const sides = [
    { name: "before", of: `version ${from}`, ...before },
    { name: "after", of: "this run", ...after },
  ];
  return (
    <Scrolled label="Both linkages in numbers">
      <thead>
        <tr>
          <th scope="col">
            <span class="hidden">side</span>
          </th>
          <th scope="col">run</th>
          <Numbers of={["records", "matches", "entities"]} />
        </tr>
      </thead>
      <tbody>
        {sides.map(({ name, of, run, records, matches, entities }) => (
          <tr key={name}>
            <th scope="row">
              {name} <small>{of}</small>
            </th>
            <td>
              <a href={href("run", run)}>{run}</a>
            </td>
            {[records, matches, entities].map((value, place) => (
              <td key={place} class="number">
                {count(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Scrolled>
  );
}

function Causes({ causes }: { causes: LinkageChangeView["causes"] }) {
  if (causes.length === 0) return null;
  return (
    <Scrolled label="Causes of the changes">
      <thead>
        <tr>
          <th scope="col">because of</th>
          <Numbers of={["new", "lost"]} />
          <th scope="col">
            <span class="hidden">in words</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {causes.map((row) => (
          <tr key={row.cause}>
            <th scope="row">{row.cause}</th>
            <td class="number">{count(row.new)}</td>
            <td class="number">{count(row.lost)}</td>
            <td class="quiet">{row.words}</td>
          </tr>
        ))}
      </tbody>
    </Scrolled>
  );
}

function Entities({ entities }: { entities: LinkageChangeView["entities"] }) {
  return (
    <Scrolled label="What became of entities">
      <thead>
        <tr>
          <th scope="col">entities</th>
          <Numbers of={["changes", "before", "after"]} />
          <th scope="col">because of</th>
        </tr>
      </thead>
      <tbody>
        {entities.map((row) => (
          <tr key={row.change}>
            <th scope="row">{row.change}</th>
            <td class="number">{count(row.changes)}</td>
            <td class="number">{count(row.before)}</td>
            <td class="number">{count(row.after)}</td>
            <td class="quiet">{causeShares(row.causes)}</td>
          </tr>
        ))}
      </tbody>
    </Scrolled>
  );
}

function Scrolled({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="scroll compact" tabIndex={0} role="region" aria-label={label}>
      <table class="list">{children}</table>
    </div>
  );
}

function Numbers({ of }: { of: readonly string[] }) {
  return (
    <>
      {of.map((title) => (
        <th key={title} scope="col" class="number">
          {title}
        </th>
      ))}
    </>
  );
}

function causeShares(causes: Readonly<Record<string, number>>): string {
  const ranked = Object.entries(causes).toSorted(([, a], [, b]) => b - a);
  return ranked.map(([cause, times]) => `${cause === "null" ? "others" : cause} ${count(times)}`).join(", ");
}

function Example({ example: { change, cause, detail, left, right, before, after } }: { example: MatchChangeView }) {
  return (
    <li>
      <p>
        <span class={change === "new" ? "gained" : "gone"}>{change}</span> because of {cause}: {detail}
      </p>
      <p>
        {left}
        <br />
        {right}
      </p>
      <p class="quiet">
        weight {sideText(before)} → {sideText(after)}
      </p>
    </li>
  );
}

function sideText({ weight: value, outcome }: MatchChangeView["before"]): string {
  return `${value === null ? "-" : weight(value)} (${outcome})`;
}
