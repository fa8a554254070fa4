import type { RunSummary } from "../../src/flow/index.ts";
import { api } from "../api.ts";
import { useLoaded } from "../load.tsx";
import { href } from "../route.ts";
import { count } from "../words.ts";
import { CommandLine } from "./command-line.tsx";

/** The data sets that a run made, where they are published, and the way to the comparison with production. */
export function RunDataSets({ run, status }: { run: string; status: RunSummary["status"] }) {
  const [answer] = useLoaded(`made ${run} ${status}`, () => api.made(run));
  if (answer.state === "failed")
    return (
      <p class="failed" role="alert">
        {answer.message}
      </p>
    );
  if (answer.state === "loading" || answer.value.total === 0) return null;
  const { project, dataSets, total } = answer.value;
  const isInProduction = dataSets.every(({ versions }) =>
    versions.some((each) => each.isHead && each.namespace === "prod"),
  );
  return (
    <section>
      <h2>Data sets</h2>
      <ul class="plain">
        {dataSets.map(({ name, versions }) => (
          <li key={name}>
            <a href={href("data-set", project, name)}>{name}</a> <span class="quiet">{published(versions)}</span>
          </li>
        ))}
        {total > dataSets.length && <li class="quiet">and {count(total - dataSets.length)} more</li>}
      </ul>
      {status === "done" && !isInProduction && (
        <>
          <p>
            <a href={href("compare", run)}>Compare with production</a>
          </p>
          <CommandLine command={`kindred promote ${run}`} about="brings it into production, past its gates." />
        </>
      )}
    </section>
  );
}

type Versions = Awaited<ReturnType<typeof api.made>>["dataSets"][number]["versions"];

function published(versions: Versions): string {
  if (versions.length === 0) return "is published nowhere: what a run in production makes waits for its promote";
  return versions
    .map(({ namespace, version, isHead }) => `version ${version} of ${namespace}${isHead ? ", published" : ""}`)
    .join("; ");
}
