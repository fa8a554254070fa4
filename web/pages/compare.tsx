import type { ComparisonView } from "../../src/serve/index.ts";
import { api } from "../api.ts";
import { heldWords } from "../figure-words.ts";
import { Show, useLoaded } from "../load.tsx";
import { ChangeWords } from "../parts/change-list.tsx";
import { CommandLine } from "../parts/command-line.tsx";
import { GateTable } from "../parts/gate-table.tsx";
import { LinkageChange } from "../parts/linkage-change.tsx";
import { href } from "../route.ts";
import { count } from "../words.ts";

/** What a run made beside what production has, and what the gates would say to it: as `kindred promote RUN --dry-run` does. */
export function ComparePage({ run }: { run: string }) {
  const [answer] = useLoaded(`compare ${run}`, () => api.compare(run));
  return (
    <article>
      <h1>
        Run {run} <span class="quiet">beside production</span>
      </h1>
      <p class="under">
        <a href={href("run", run)}>The run</a>
      </p>
      <Show of={answer}>
        {(comparison) => (
          <>
            <Verdict comparison={comparison} />
            {comparison.dataSets.map((dataSet) => (
              <Compared key={dataSet.name} project={comparison.project} dataSet={dataSet} />
            ))}
            {comparison.total > comparison.dataSets.length && (
              <p class="quiet">and {count(comparison.total - comparison.dataSets.length)} more data sets</p>
            )}
          </>
        )}
      </Show>
    </article>
  );
}

function Verdict({ comparison: { run, isAllowed } }: { comparison: ComparisonView }) {
  if (isAllowed)
    return (
      <CommandLine
        command={`kindred promote ${run}`}
        about="would bring it into production, all of it at once, and needs the token."
      />
    );
  return (
    <>
      <p class="failed">The gates would not let it in.</p>
      <CommandLine command={`kindred promote ${run} --dry-run`} about="shows the same in the terminal." />
    </>
  );
}

interface ComparedProps {
  readonly project: string;
  readonly dataSet: ComparisonView["dataSets"][number];
}

function Compared({ project, dataSet: { name, from, figures, gates, linkage } }: ComparedProps) {
  return (
    <section>
      <h2>
        <a href={href("data-set", project, name)}>{name}</a>:{" "}
        {from === null ? "the first in production" : `beside version ${from}, which production has`}
      </h2>
      <GateTable gates={gates} />
      {linkage === null ? (
        <>
          <p>
            <span class="quiet">holds</span> {heldWords(figures)}
          </p>
          <ChangeWords figures={figures} />
        </>
      ) : (
        <LinkageChange from={from} change={linkage} />
      )}
    </section>
  );
}
