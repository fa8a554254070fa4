import { KindredError } from "../../base/index.ts";
import type { OntologyCodes } from "../ontology-codes.ts";

/** What an entity's key is unique in, and so what its id is made from. */
export type KeySpace =
  /** The caller's clusters, which records and resolved names share. */
  | "cluster"
  /** Records that stand alone. */
  | "record"
  /** People known by name only. */
  | "name"
  /** Open vocabularies: the slug of the label, within its type. */
  | "label"
  /** Works that only documents name. */
  | "mention";

const unknownType = -1;

/** The entities of a graph being built: a whole number each, found again by key. */
export class EntityList {
  readonly #codes: OntologyCodes;
  readonly #indexByKey = new Map<string, Map<string, number>>();
  readonly #types: number[] = [];
  readonly #fallbackTypes: number[] = [];
  readonly spaces: KeySpace[] = [];
  /** The key within its space: what ids of entities without records are made from. */
  readonly keys: string[] = [];

  constructor(codes: OntologyCodes) {
    this.#codes = codes;
  }

  /** How many entities there are. */
  get length(): number {
    return this.keys.length;
  }

  /** The entity under a key, a new one when the key is new. Labels are unique within `type`, other keys in their space. */
  indexOf(space: KeySpace, key: string, type?: number): number {
    const spaceName = space === "label" ? `label ${type}` : space;
    let index = this.#indexByKey.get(spaceName);
    if (!index) {
      index = new Map();
      this.#indexByKey.set(spaceName, index);
    }
    const known = index.get(key);
    if (known !== undefined) return known;
    const entity = this.keys.length;
    index.set(key, entity);
    this.spaces.push(space);
    this.keys.push(key);
    this.#types.push(unknownType);
    this.#fallbackTypes.push(unknownType);
    return entity;
  }

  /**
   * Notes that the entity is of a type.
   * @throws internal when it is already of another: levels and types never merge
   */
  noteType(entity: number, type: number, witness: string): void {
    const known = this.#types[entity] as number;
    if (known === unknownType) this.#types[entity] = type;
    else if (known !== type) throw this.#typeConflict(entity, known, type, witness);
  }

  /** Notes what the entity is if nothing says its type for certain; of several the first in the ontology counts. */
  noteFallbackType(entity: number, type: number, witness: string): void {
    const known = this.#fallbackTypes[entity] as number;
    if (known === unknownType || type < known) this.#fallbackTypes[entity] = type;
    if (known !== unknownType && this.#codes.rootOf(known) !== this.#codes.rootOf(type)) {
      throw this.#typeConflict(entity, known, type, witness);
    }
  }

  /** The type of every entity, as codes. */
  types(): Int32Array {
    return Int32Array.from(this.#types, (type, entity) => {
      const fallback = this.#fallbackTypes[entity] as number;
      if (type === unknownType) return this.#codes.narrowest(fallback);
      if (fallback === unknownType || this.#codes.rootOf(type) === this.#codes.rootOf(fallback)) return type;
      throw this.#typeConflict(entity, type, fallback, this.keys[entity] as string);
    });
  }

  #typeConflict(entity: number, known: number, other: number, witness: string): KindredError {
    return new KindredError("internal", {
      seen: `the cluster "${this.keys[entity]}" holds both a ${this.#codes.typeName(known)} and a ${this.#codes.typeName(other)} (${witness})`,
      expected: "records of one entity type and level in a cluster",
    });
  }
}
