import { KindredError } from "../base/index.ts";
import { isKindOf, type Ontology, type RelationType } from "../ontology/index.ts";

/** An ontology with its types and relations as small whole numbers, and its rules as table look-ups. */
export class OntologyCodes {
  readonly ontology: Ontology;
  readonly #typeCodes: ReadonlyMap<string, number>;
  readonly #relationCodes: ReadonlyMap<string, number>;

  constructor(ontology: Ontology) {
    this.ontology = ontology;
    this.#typeCodes = new Map(ontology.entityTypes.map((type, code) => [type.name, code]));
    this.#relationCodes = new Map(ontology.relationTypes.map((type, code) => [type.name, code]));
  }

  /** The code of an entity type, or undefined. */
  typeCode(name: string): number | undefined {
    return this.#typeCodes.get(name);
  }

  /** The name of an entity type. */
  typeName(code: number): string {
    return (this.ontology.entityTypes[code] as { name: string }).name;
  }

  /** The code of a relation type, or undefined. */
  relationCode(name: string): number | undefined {
    return this.#relationCodes.get(name);
  }

  /** The relation type of a code. */
  relation(code: number): RelationType {
    return this.ontology.relationTypes[code] as RelationType;
  }

  /** The names of a type and all its broader types, the nearest first. */
  kindsOf(name: string): string[] {
    const kinds = this.ontology.entityTypes
      .map((type) => type.name)
      .filter((other) => isKindOf(this.ontology, name, other));
    return kinds.sort((a, b) => Number(isKindOf(this.ontology, b, a)) - Number(isKindOf(this.ontology, a, b)));
  }

  /** The broadest type above a type, as a code. */
  rootOf(code: number): number {
    return this.typeCode(this.kindsOf(this.typeName(code)).at(-1) as string) as number;
  }

  /** The type itself, or its first narrower type where it has one: nothing is only "a work". */
  narrowest(code: number): number {
    const name = this.typeName(code);
    const narrower = this.ontology.entityTypes.findIndex((type) => type.broader === name);
    return narrower === -1 ? code : narrower;
  }

  /** True when the ontology lets `subjectType` have the relation to `objectType` (undefined for a literal). */
  allows(subjectType: number, relationCode: number, objectType: number | undefined): boolean {
    const { domain, range } = this.relation(relationCode);
    if (!this.#isAmong(subjectType, domain)) return false;
    if (objectType === undefined) return typeof range === "string";
    return typeof range !== "string" && this.#isAmong(objectType, range);
  }

  #isAmong(type: number, names: readonly string[]): boolean {
    return names.some((name) => isKindOf(this.ontology, this.typeName(type), name));
  }
}

/**
 * The code of an entity type that must be there.
 * @throws config-invalid when the ontology has no such type
 */
export function requireType(codes: OntologyCodes, name: string): number {
  const code = codes.typeCode(name);
  if (code !== undefined) return code;
  throw new KindredError("config-invalid", {
    seen: `the entity type "${name}" is not in the ontology ${codes.ontology.name}`,
    expected: `one of ${codes.ontology.entityTypes.map((type) => type.name).join(", ")}`,
  });
}
