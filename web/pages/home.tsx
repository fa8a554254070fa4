import { api, type Summary } from "../api.ts";
import { Show, useLoaded } from "../load.tsx";
import { LinkList } from "../parts/link-list.tsx";
import { href } from "../route.ts";
import { count, moment } from "../words.ts";

/** Merges shown on the first page. */
const shown = 6;

/** What the graph holds, and the merges most worth a look. */
export function HomePage() {
  const [summary] = useLoaded("summary", api.summary);
  const [weakest] = useLoaded("weakest", () => api.merges("weakest", 0, shown));
  return (
    <>
      <h1>One graph out of many catalogues</h1>
      <Show of={summary}>{(value) => <Counts summary={value} />}</Show>
      <section>
        <h2>Merges most worth a look</h2>
        <p class="quiet">The least certain ones that were made. Each opens the evidence for and against it.</p>
        <Show of={weakest}>
          {({ links, total }) => (
            <>
              <LinkList links={links} />
              {total > shown && (
                <p>
                  <a href={href("merges")}>All {count(total)} merges</a> ·{" "}
                  <a href={href("merges", "review")}>pairs kept for review</a>
                </p>
              )}
            </>
          )}
        </Show>
      </section>
    </>
  );
}

function Counts({ summary }: { summary: Summary }) {
  const types = Object.entries(summary.counts.entitiesByType).toSorted(([, a], [, b]) => b - a);
  return (
    <>
      <ul class="tiles">
        {types.map(([type, total]) => (
          <li key={type}>
            <strong>{count(total)}</strong>
            <span>{type}</span>
          </li>
        ))}
      </ul>
      <p class="quiet">
        {count(summary.counts.claims)} claims from {summary.sources.join(", ")}
        {summary.run && (
          <>
            , published by <a href={href("run", summary.run.run)}>run {summary.run.run}</a> on{" "}
            {moment(summary.run.createdMs)}
          </>
        )}
        .
      </p>
    </>
  );
}
