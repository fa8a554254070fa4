import type { EntitySummary, EntityView } from "../../src/graph/index.ts";
import { href } from "../route.ts";
import { plain } from "../words.ts";
import { type PlacedLabel, pictureSize as size, placeLabels } from "./place-labels.ts";

/** Neighbours that are drawn: more would overlap. */
const drawn = 14;

/** The entity in the middle of its neighbours, a colour a relation: a glance at where it stands. */
export function Neighbourhood({ entity }: { entity: EntityView }) {
  const neighbours = pick(entity);
  if (neighbours.length === 0) return null;
  const groups = [...new Set(neighbours.map((one) => one.relation))];
  return (
    <figure class="neighbourhood">
      <svg
        viewBox={`0 0 ${size} ${size}`}
        role="group"
        aria-label={`${entity.label} and ${neighbours.length} of its neighbours`}
      >
        {neighbours.map(({ x, y, relation, other }) => (
          <line
            key={`line ${other.id}`}
            class={`hue-${groups.indexOf(relation) % 6}`}
            x1={size / 2}
            y1={size / 2}
            x2={x}
            y2={y}
          />
        ))}
        {neighbours.map(({ x, y, labelX, labelY, relation, other }) => (
          <a key={other.id} href={href("entity", other.id)} aria-label={`${plain(relation)}: ${other.label}`}>
            <circle class={`hue-${groups.indexOf(relation) % 6}`} cx={x} cy={y} r="7" />
            <text x={labelX} y={labelY} text-anchor="middle">
              {cut(other.label)}
            </text>
          </a>
        ))}
        <circle class="self" cx={size / 2} cy={size / 2} r="11" />
        <text class="self" x={size / 2} y={size / 2 + 30} text-anchor="middle">
          {cut(entity.label)}
        </text>
      </svg>
      <figcaption>
        {groups.map((relation, index) => (
          <span key={relation} class={`key hue-${index % 6}`}>
            {plain(relation)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

interface Placed extends PlacedLabel {
  readonly relation: string;
  readonly other: EntitySummary;
}

/** A few of each relation in turn, so that one long relation does not push out the others. */
function pick({ neighbours, label }: EntityView): Placed[] {
  const taken: { relation: string; other: EntitySummary }[] = [];
  for (let turn = 0; taken.length < drawn && turn < drawn; turn++) {
    for (const group of neighbours) {
      const other = group.entities[turn];
      if (other && taken.length < drawn) taken.push({ relation: group.relation, other });
    }
  }
  const ordered = taken.toSorted((a, b) => (a.relation < b.relation ? -1 : a.relation > b.relation ? 1 : 0));
  const places = placeLabels(
    ordered.map(({ other }) => cut(other.label)),
    cut(label),
  );
  return ordered.map((one, index) => ({ ...one, ...(places[index] as PlacedLabel) }));
}

function cut(label: string): string {
  return label.length > 22 ? `${label.slice(0, 21)}…` : label;
}
