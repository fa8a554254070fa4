import { api, type EntityPage as Answer } from "../api.ts";
import { Show, useLoaded } from "../load.tsx";
import { EntityLink, Facts } from "../parts/facts.tsx";
import { LinkList } from "../parts/link-list.tsx";
import { Neighbourhood } from "../parts/neighbourhood.tsx";
import { RecordTable } from "../parts/record-table.tsx";
import { TypeMark } from "../parts/type-mark.tsx";

/** Everything known of one entity: facts and who says so, records side by side, the merges that made it, its neighbours. */
export function EntityPage({ id }: { id: string }) {
  const [page] = useLoaded(id, () => api.entity(id));
  return <Show of={page}>{(answer) => <Entity {...answer} />}</Show>;
}

function Entity({ entity, records, links, similar }: Answer) {
  return (
    <article>
      <h1>
        {entity.label} {entity.year !== null && <span class="quiet">{entity.year}</span>}
      </h1>
      <p class="under">
        <TypeMark type={entity.type} /> <code>{entity.id}</code>
        {entity.alternativeLabels.length > 0 && (
          <span class="quiet"> also {entity.alternativeLabels.slice(0, 4).join(", ")}</span>
        )}
      </p>
      <div class="columns">
        <section aria-label="Facts">
          <h2>What is known</h2>
          <Facts id={entity.id} claims={entity.claims} />
          {entity.claimTotal > entity.claims.length && <p class="quiet">{entity.claimTotal} facts in all</p>}
        </section>
        <aside>
          <h2>Around it</h2>
          <Neighbourhood entity={entity} />
          {similar.length > 0 && <Similar proposals={similar} />}
        </aside>
      </div>
      {records.length > 0 && (
        <section>
          <h2>{records.length === 1 ? "Its record" : `Its ${records.length} records`}</h2>
          <RecordTable records={records} />
        </section>
      )}
      {links.length > 0 && (
        <section>
          <h2>Why they are one</h2>
          <LinkList links={links} />
        </section>
      )}
    </article>
  );
}

function Similar({ proposals }: { proposals: Answer["similar"] }) {
  return (
    <>
      <h2>Like it</h2>
      <ul class="plain">
        {proposals.map((proposal) => (
          <li key={proposal.id}>
            <EntityLink entity={proposal} />
            <small class="quiet">
              {proposal.reasons
                .slice(0, 2)
                .map((reason) => reason.text)
                .join(", ")}
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}
