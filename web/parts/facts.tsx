import type { ClaimView, EntitySummary } from "../../src/graph/index.ts";
import type { Provenance } from "../../src/ontology/index.ts";
import { href } from "../route.ts";
import { plain } from "../words.ts";

/** Origins that are named; the rest is counted. */
const originsShown = 4;

/** Facts shown of one relation. */
const factsShown = 12;

/** What is known of an entity, relation by relation, and who says so. Contradictions stand beside each other. */
export function Facts({ id, claims }: { id: string; claims: readonly ClaimView[] }) {
  const groups = Map.groupBy(claims, (claim) =>
    claim.subject.id === id ? plain(claim.relation) : `${plain(claim.relation)} this`,
  );
  return (
    <dl class="facts">
      {[...groups].map(([relation, group]) => (
        <div key={relation}>
          <dt>{relation}</dt>
          {group.slice(0, factsShown).map((claim, index) => (
            <Fact key={index} id={id} claim={claim} />
          ))}
          {group.length > factsShown && <dd class="quiet">and {group.length - factsShown} more</dd>}
        </div>
      ))}
    </dl>
  );
}

function Fact({ id, claim }: { id: string; claim: ClaimView }) {
  const isSubject = claim.subject.id === id;
  const quotes = claim.provenance.flatMap((origin) => (origin.kind === "document" ? [origin.quote] : []));
  return (
    <dd>
      {isSubject ? <ObjectOf claim={claim} /> : <EntityLink entity={claim.subject} />}
      {claim.rank !== "normal" && (
        <span class={`rank ${claim.rank}`}>{claim.rank === "preferred" ? "most say so" : claim.rank}</span>
      )}
      <small class="quiet">{origins(claim.provenance)}</small>
      {quotes.map((quote) => (
        <q key={quote}>{quote.replace(/\s+/g, " ")}</q>
      ))}
    </dd>
  );
}

function ObjectOf({ claim }: { claim: ClaimView }) {
  if (claim.object.kind === "entity") return <EntityLink entity={claim.object.entity} />;
  return <span>{String(claim.object.value)}</span>;
}

/** An entity's label, leading to its page. */
export function EntityLink({ entity }: { entity: Pick<EntitySummary, "id" | "label" | "year"> }) {
  return (
    <a href={href("entity", entity.id)}>
      {entity.label}
      {entity.year === null ? "" : ` (${entity.year})`}
    </a>
  );
}

function origins(provenance: readonly Provenance[]): string {
  const names = [
    ...new Set(provenance.map((origin) => (origin.kind === "record" ? origin.source : fileName(origin.document)))),
  ];
  const rest = names.length - originsShown;
  return `${names.slice(0, originsShown).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function fileName(path: string): string {
  return path.split("/").at(-1) ?? path;
}
