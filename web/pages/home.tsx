import { api, type Summary } from "../api.ts";
import { Show, useLoaded } from "../load.tsx";
import { LinkList } from "../parts/link-list.tsx";
import { href } from "../route.ts";
import { count, moment } from "../words.ts";

/** Merges shown on the first page. */
const shown = 6;

/** What the graph holds, and the merges most worth a look; where nothing is published yet, how to make a graph. */
export function HomePage() {
  const [summary] = useLoaded("summary", api.summary);
  return (
    <Show of={summary}>
      {({ counts, sources, run }) =>
        counts === null ? <Unpublished /> : <Published counts={counts} sources={sources} run={run} />
      }
    </Show>
  );
}

function Unpublished() {
  return (
    <>
      <h1>No graph is published yet</h1>
      <p>
        <code>kindred demo</code> makes one of four real catalogues, <code>kindred link a.csv b.csv --out out</code> one
        of your own. It is here as soon as it is published.
      </p>
      <p>
        <a href={href("runs")}>The runs of this home</a> are shown without one.
      </p>
    </>
  );
}

type Counted = Summary & { readonly counts: NonNullable<Summary["counts"]> };

function Published(summary: Counted) {
  const [weakest] = useLoaded("weakest", () => api.merges("weakest", 0, shown));
  return (
    <>
      <h1>One graph out of many catalogues</h1>
      <Counts {...summary} />
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

function Counts({ counts, sources, run }: Counted) {
  const types = Object.entries(counts.entitiesByType).toSorted(([, a], [, b]) => b - a);
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
        {count(counts.claims)} claims from {sources.join(", ")}
        {run && (
          <>
            , published by <a href={href("run", run.run)}>run {run.run}</a> on {moment(run.createdMs)}
          </>
        )}
        .
      </p>
    </>
  );
}
