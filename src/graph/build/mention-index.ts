import { isKindOf, type Mention } from "../../ontology/index.ts";
import { foldLabel } from "../fold-label.ts";
import type { Draft } from "./draft.ts";
import { alternativesOf, labelOf, type Settled } from "./settle.ts";

const yearTolerance = 1;

/** Finds the entities that a mention may mean, among those that are settled. */
export interface MentionIndex {
  /** Every entity that fits, as it arrived: none is unknown, several are ambiguous. */
  candidates(mention: Mention): readonly number[];
}

/** An index of the labels that the given mentions may name: nothing else is kept. */
export function mentionIndex(draft: Draft, settled: Settled, mentions: readonly Mention[]): MentionIndex {
  const wanted = new Set(mentions.map((mention) => foldLabel(mention.name)));
  const byLabel = new Map<string, number[]>();
  const byAlternative = new Map<string, number[]>();
  const note = (index: Map<string, number[]>, label: string, entity: number): void => {
    const fold = foldLabel(label);
    if (!wanted.has(fold)) return;
    const known = index.get(fold);
    if (!known) index.set(fold, [entity]);
    else if (!known.includes(entity)) known.push(entity);
  };
  for (const entity of wanted.size === 0 ? [] : settled.order) {
    note(byLabel, labelOf(draft, settled, entity), entity);
    for (const label of alternativesOf(draft, settled, entity)) note(byAlternative, label, entity);
  }
  return {
    candidates(mention) {
      const fold = foldLabel(mention.name);
      const named = fitting(draft, settled, mention, byLabel.get(fold) ?? []);
      return named.length > 0 ? named : fitting(draft, settled, mention, byAlternative.get(fold) ?? []);
    },
  };
}

/**
 * Those of the right type, narrowed step by step while something remains: to a year within one, to exactly that year,
 * to the label as written.
 */
function fitting(draft: Draft, settled: Settled, mention: Mention, entities: readonly number[]): readonly number[] {
  const { ontology } = draft.codes;
  const typed = entities.filter((entity) => {
    return isKindOf(ontology, draft.codes.typeName(settled.types[entity] as number), mention.entityType);
  });
  const distance = (entity: number): number => {
    return Math.abs((settled.years[settled.places[entity] as number] as number) - (mention.year as number));
  };
  if (mention.year === undefined) return narrow(typed, (entity) => labelOf(draft, settled, entity) === mention.name);
  const near = typed.filter((entity) => distance(entity) <= yearTolerance);
  const dated = near.length > 0 ? near : typed.filter((entity) => Number.isNaN(distance(entity)));
  const exact = narrow(dated, (entity) => distance(entity) === 0);
  return narrow(exact, (entity) => labelOf(draft, settled, entity) === mention.name);
}

function narrow(entities: readonly number[], fits: (entity: number) => boolean): readonly number[] {
  if (entities.length < 2) return entities;
  const narrowed = entities.filter(fits);
  return narrowed.length > 0 ? narrowed : entities;
}
