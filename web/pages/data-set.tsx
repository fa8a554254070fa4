import type { VersionView } from "../../src/serve/index.ts";
import { api } from "../api.ts";
import { Show, useLoaded } from "../load.tsx";
import { ChangeList } from "../parts/change-list.tsx";
import { CommandLine } from "../parts/command-line.tsx";
import { VersionSection } from "../parts/version-table.tsx";
import { href } from "../route.ts";
import { count, moment, shellWord } from "../words.ts";

/** Entries of its history that are shown. */
const changesShown = 50;

/** One data set: what production has of it, its versions everywhere, and what happened to it in production. */
export function DataSetPage({ project, name }: { project: string; name: string }) {
  const [answer] = useLoaded(`data set ${project} ${name}`, () => api.dataSet(project, name));
  const [history] = useLoaded(`history ${project} ${name}`, () => api.history({ project, name, limit: changesShown }));
  return (
    <Show of={answer}>
      {({ versions, total, isOwn }) => {
        const inProduction = versions.filter(({ namespace }) => namespace === "prod");
        const elsewhere = versions.filter(({ namespace }) => namespace !== "prod");
        return (
          <article>
            <h1>
              {name} <span class="quiet">{project}</span>
            </h1>
            <Published head={inProduction.find(({ isHead }) => isHead)} isOwn={isOwn} />
            <VersionSection label="Versions of production" versions={inProduction} by="namespace" />
            <VersionSection label="Branches and people" versions={elsewhere} by="namespace" />
            {total > versions.length && (
              <p class="quiet">
                {count(versions.length)} of {count(total)} versions are shown.
              </p>
            )}
            <section>
              <h2>History of production</h2>
              <Show of={history}>
                {({ records }) =>
                  records.length === 0 ? <p class="quiet">Nothing yet.</p> : <ChangeList changes={records} />
                }
              </Show>
            </section>
          </article>
        );
      }}
    </Show>
  );
}

function Published({ head, isOwn }: { head: VersionView | undefined; isOwn: boolean }) {
  if (head === undefined)
    return (
      <p class="under">
        <a href={href("data")}>Not in production</a>
      </p>
    );
  const name = shellWord(head.name);
  const project = isOwn ? "" : ` --project ${shellWord(head.project)}`;
  return (
    <>
      <p class="under">
        <span class="outcome done">version {head.version}</span> is in production, made by{" "}
        <a href={href("run", head.run)}>run {head.run}</a> and published {moment(head.madeMs)}
        {head.madeBy === null ? "" : ` by ${head.madeBy}`}.
      </p>
      <CommandLine
        command={`kindred data ${name} --production${project} --out published`}
        about="writes its files, for whoever serves them."
      />
      {head.previous !== null && (
        <CommandLine
          command={`kindred rollback ${name}${project}`}
          about={`goes back to version ${head.previous}, and needs the token.`}
        />
      )}
    </>
  );
}
