/**
 * Claims in their final order (subject, relation, object; entities by place among the sorted ids), each once, with the
 * origins of all statements that make it.
 */
export interface MergedClaims {
  readonly count: number;
  /** Places of entities. */
  readonly subjects: Int32Array;
  readonly relations: Int32Array;
  readonly objectKinds: Int32Array;
  /** An entity's place, or a number's or text's code. */
  readonly objects: Int32Array;
  /** Places in `rankNames`. */
  readonly ranks: Uint8Array;
  readonly confidences: Float64Array;
  /** Claim `c` has the provenances `offsets[c]` up to `offsets[c + 1]`. */
  readonly offsets: Int32Array;
  /** A record, or a passage as -1 minus its number. */
  readonly origins: Int32Array;
  readonly fields: Int32Array;
  /** How many statements the ontology does not allow, by relation code. */
  readonly rejected: ReadonlyMap<number, number>;
}
