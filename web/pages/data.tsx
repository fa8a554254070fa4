import type { VersionView } from "../../src/serve/index.ts";
import { api } from "../api.ts";
import { Show, useLoaded } from "../load.tsx";
import { VersionSection, VersionTable } from "../parts/version-table.tsx";
import { href } from "../route.ts";
import { count } from "../words.ts";

/** Where the data sets of a project stand: in production, and on branches. An empty project is the one of the folder. */
export function DataPage({ project }: { project: string }) {
  const [answer] = useLoaded(`data ${project}`, () => api.dataSets(project));
  return (
    <Show of={answer}>
      {({ project: shown, projects, versions, total }) => (
        <>
          <h1>
            Data sets <span class="quiet">{shown}</span>
          </h1>
          <Projects {...{ shown, projects }} />
          <DataTabs project={shown} here="data" />
          {total === 0 ? <NoDataSet project={shown} /> : <Standing versions={versions} />}
          {total > versions.length && (
            <p class="quiet">
              {count(versions.length)} of {count(total)} are shown; <code>kindred data --project {shown}</code> lists
              all.
            </p>
          )}
        </>
      )}
    </Show>
  );
}

/** The pages of one project. */
export function DataTabs({ project, here }: { project: string; here: "data" | "history" }) {
  return (
    <nav class="tabs" aria-label="Data sets and their history">
      <a href={href("data", project)} aria-current={here === "data" ? "page" : undefined}>
        Where each stands
      </a>
      <a href={href("history", project)} aria-current={here === "history" ? "page" : undefined}>
        History of production
      </a>
    </nav>
  );
}

function Projects({ shown, projects }: { shown: string; projects: readonly string[] }) {
  const others = projects.filter((each) => each !== shown);
  if (others.length === 0) return null;
  return (
    <p class="quiet">
      Other projects:{" "}
      {others.map((each, place) => (
        <span key={each}>
          {place > 0 && ", "}
          <a href={href("data", each)}>{each}</a>
        </span>
      ))}
    </p>
  );
}

function NoDataSet({ project }: { project: string }) {
  return (
    <p>
      Project “{project}” has no data set yet. <code>kindred link a.csv b.csv --dataset NAME</code> makes one.
    </p>
  );
}

function Standing({ versions }: { versions: readonly VersionView[] }) {
  const inProduction = versions.filter(({ namespace }) => namespace === "prod");
  const elsewhere = versions.filter(({ namespace }) => namespace !== "prod");
  return (
    <>
      <section>
        <h2>Production</h2>
        {inProduction.length === 0 ? (
          <p class="quiet">
            Nothing is in production yet: <code>kindred promote RUN</code> brings there what a run made.
          </p>
        ) : (
          <VersionTable label="Production" versions={inProduction} by="name" />
        )}
      </section>
      <VersionSection label="Branches and people" versions={elsewhere} by="name" />
    </>
  );
}
