/** How the values of a field become claims about the record's entity. */
export interface FieldRelation {
  /** The records it holds for: an entity type, its narrower types included. */
  readonly entityType: string;
  /** Names the field goes by, compared without case and separators (`birth_year` is `birthYear`). */
  readonly fields: readonly string[];
  /** The relation type. A relation that the ontology lacks gives no claims. */
  readonly relation: string;
  /** `forward`: the record's entity is the subject; `inverse`: it is the object, and the value names the subject. */
  readonly direction: "forward" | "inverse";
  /** The entity type that the values name; absent where they are literals. */
  readonly valueType?: string;
}

/** The field relations of film, series, book and person catalogues. Fields without one stay in the records only. */
export const filmFieldRelations: readonly FieldRelation[] = [
  person("directed", ["directors", "director", "directed by"]),
  person("acted_in", ["cast", "actors", "actor", "stars"]),
  person("wrote", ["writers", "writer", "authors", "author", "screenwriters", "screenwriter"]),
  entity("work", "has_genre", ["genres", "genre", "major genre"], "genre"),
  entity("work", "from_country", ["countries", "country", "country of origin"], "country"),
  entity("work", "in_language", ["language", "languages", "original language"], "language"),
  entity(
    "work",
    "made_by",
    ["companies", "company", "studio", "studios", "distributor", "publisher", "production companies"],
    "company",
  ),
  literal("work", "released_in", ["year", "release year", "start year", "release date", "released"]),
  literal("work", "runs_minutes", ["runtime", "running time", "runtime minutes", "duration minutes"]),
  literal("work", "described_as", ["description", "plot", "overview", "summary", "synopsis"]),
  entity("person", "has_occupation", ["occupation", "occupations", "profession", "professions"], "occupation"),
  entity("person", "from_country", ["country", "countries", "nationality", "citizenship"], "country"),
  literal("person", "born_in", ["birth year", "born", "year", "year of birth", "birth date", "date of birth"]),
  literal("person", "described_as", ["description", "biography"]),
];

function person(relation: string, fields: readonly string[]): FieldRelation {
  return { entityType: "work", fields, relation, direction: "inverse", valueType: "person" };
}

function entity(entityType: string, relation: string, fields: readonly string[], valueType: string): FieldRelation {
  return { entityType, fields, relation, direction: "forward", valueType };
}

function literal(entityType: string, relation: string, fields: readonly string[]): FieldRelation {
  return { entityType, fields, relation, direction: "forward" };
}

/** The relation of a field in records of a type given with all its broader types, or undefined. */
export function fieldRelationOf(
  relations: readonly FieldRelation[],
  entityTypes: readonly string[],
  field: string,
): FieldRelation | undefined {
  const wanted = plainName(field);
  return relations.find(
    (item) => entityTypes.includes(item.entityType) && item.fields.some((name) => plainName(name) === wanted),
  );
}

function plainName(field: string): string {
  return field.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
