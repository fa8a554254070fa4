import { sha256 } from "../../base/index.ts";
import { foldLabel } from "../fold-label.ts";
import type { Draft } from "./draft.ts";
import { aliasedLabel } from "./label-aliases.ts";

const maxSlugLength = 80;
const plainSlug = /^[a-z0-9-]+$/;

/** Entity types that are open vocabularies: a name is the thing, so a new name is a new entity. */
export const vocabularyTypes: readonly string[] = ["genre", "country", "language", "company", "occupation", "subject"];

/** An entity of an open vocabulary (a genre, a country, a subject), as one of its names leads to it. */
export interface VocabularyEntry {
  readonly entity: number;
  /** The spelling that votes for the label. */
  readonly spelling: number;
  /** The name as given, where the alias table shows another. */
  readonly alternative: number | undefined;
}

/** The entity that a name in an open vocabulary stands for, made when new; undefined for a name without letters or digits. */
export function vocabularyEntry(draft: Draft, type: number, name: string): VocabularyEntry | undefined {
  const trimmed = name.trim();
  const shown = aliasedLabel(draft.codes.typeName(type), trimmed) ?? trimmed;
  const slug = slugOf(shown);
  if (slug === undefined) return undefined;
  const entity = draft.entities.indexOf("label", slug, type);
  draft.entities.noteType(entity, type, name);
  const spelling = draft.labels.spelling(shown);
  return { entity, spelling, alternative: shown === trimmed ? undefined : draft.labels.spelling(trimmed) };
}

/** `Science Fiction` as `science-fiction`; a hash where the label is too long or in another script. */
function slugOf(label: string): string | undefined {
  const slug = foldLabel(label).replaceAll(" ", "-");
  if (slug === "") return undefined;
  return plainSlug.test(slug) && slug.length <= maxSlugLength ? slug : `x${sha256(slug).slice(0, 16)}`;
}
