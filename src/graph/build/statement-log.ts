import { GrowingFloat64, GrowingInt32 } from "../../columns/index.ts";

/** What the object of a statement is: an entity, a number or a text, as a code. */
export const objectKinds = { entity: 0, number: 1, text: 2 } as const;

/** One statement of one record or passage, in codes: what claims are merged from. */
export interface Statement {
  readonly subject: number;
  readonly relation: number;
  readonly objectKind: number;
  /** An entity, a place among the numbers, or a text of the spool. */
  readonly object: number;
  /** A record (from 0) or a passage (-1 for the first, -2 for the second). */
  readonly origin: number;
  /** The record's field as a code; 0 for passages. */
  readonly field: number;
}

/** Collects statements in typed arrays: 25 bytes each, however long their texts. */
export class StatementLog {
  readonly subjects = new GrowingInt32();
  readonly relations = new GrowingInt32();
  readonly objectKinds = new GrowingInt32();
  readonly objects = new GrowingInt32();
  readonly origins = new GrowingInt32();
  readonly fields = new GrowingInt32();
  readonly confidences = new GrowingFloat64();
  readonly #deprecated = new Set<number>();

  /** How many statements there are. */
  get length(): number {
    return this.subjects.length;
  }

  /** Adds a statement. */
  add(statement: Statement, confidence: number, deprecated: boolean): void {
    if (deprecated) this.#deprecated.add(this.length);
    this.subjects.push(statement.subject);
    this.relations.push(statement.relation);
    this.objectKinds.push(statement.objectKind);
    this.objects.push(statement.object);
    this.origins.push(statement.origin);
    this.fields.push(statement.field);
    this.confidences.push(confidence);
  }

  /** True when the one who made the statement withdrew it. */
  isDeprecated(index: number): boolean {
    return this.#deprecated.has(index);
  }
}
