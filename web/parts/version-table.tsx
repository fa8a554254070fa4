import type { VersionView } from "../../src/serve/index.ts";
import { api } from "../api.ts";
import { heldWords } from "../figure-words.ts";
import { useLoaded } from "../load.tsx";
import { href } from "../route.ts";
import { moment } from "../words.ts";

interface Props {
  readonly label: string;
  readonly versions: readonly VersionView[];
  /** What tells the rows apart. */
  readonly by: "name" | "namespace";
}

/** A table of versions under its label; nothing where there are none. */
export function VersionSection(props: Props) {
  if (props.versions.length === 0) return null;
  return (
    <section>
      <h2>{props.label}</h2>
      <VersionTable {...props} />
    </section>
  );
}

/** Versions of data sets: where, of which run, when, by whom, and what each holds. */
export function VersionTable({ label, versions, by }: Props) {
  const isProduction = versions.every(({ namespace }) => namespace === "prod");
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table class="list">
        <thead>
          <tr>
            {by === "name" && <th scope="col">data set</th>}
            {!isProduction && <th scope="col">namespace</th>}
            <th scope="col" class="number">
              version
            </th>
            <th scope="col" class="number">
              run
            </th>
            <th scope="col">made</th>
            <th scope="col">by</th>
            <th scope="col">holds</th>
            {!isProduction && <th scope="col">beside production</th>}
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <VersionRow
              key={`${version.namespace} ${version.name} ${version.version}`}
              {...{ version, by, isProduction }}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly version: VersionView;
  readonly by: Props["by"];
  readonly isProduction: boolean;
}

function VersionRow({ version: each, by, isProduction }: RowProps) {
  return (
    <tr>
      {by === "name" && (
        <th scope="row">
          <a href={href("data-set", each.project, each.name)}>{each.name}</a>
        </th>
      )}
      {!isProduction && <td>{each.namespace}</td>}
      <td class="number">
        {each.version}
        {by === "namespace" && each.isHead && (
          <>
            {" "}
            <span title="published">*</span>
          </>
        )}
      </td>
      <td class="number">
        <a href={href("run", each.run)}>{each.run}</a>
      </td>
      <td class="moment">{moment(each.madeMs)}</td>
      <td>{each.madeBy ?? ""}</td>
      <td class="held">
        <Held version={each} />
      </td>
      {!isProduction && (
        <td>
          <BesideProduction version={each} />
        </td>
      )}
    </tr>
  );
}

/** Counting a large version takes a while: the row is there before. */
function Held({ version: { project, namespace, name, version } }: { version: VersionView }) {
  const key = JSON.stringify([project, namespace, name, version]);
  const [answer] = useLoaded(key, () => api.figures({ project, namespace, name, version }));
  if (answer.state === "loading") return <span class="quiet">…</span>;
  if (answer.state === "failed") return <small class="cut">{answer.message}</small>;
  return <>{heldWords(answer.value.figures)}</>;
}

function BesideProduction({ version: { namespace, run, isAsProduction } }: { version: VersionView }) {
  if (namespace === "prod") return <span class="quiet">{isAsProduction === true ? "published" : ""}</span>;
  if (isAsProduction === true) return <span class="quiet">the same</span>;
  return (
    <a href={href("compare", run)} aria-label={`Compare run ${run} with production`}>
      {isAsProduction === null ? "not there" : "differs"}
    </a>
  );
}
