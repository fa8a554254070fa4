import type { DocumentProvenance, Ontology } from "../../ontology/index.ts";
import { OntologyCodes } from "../ontology-codes.ts";
import { EntityList } from "./entity-list.ts";
import { LabelVotes } from "./label-votes.ts";
import { RecordList } from "./record-list.ts";
import { StatementLog } from "./statement-log.ts";
import { TextPool } from "./text-pool.ts";
import type { TextSpool } from "./text-spool.ts";
import type { Unresolved } from "./unresolved.ts";

/** A graph being built: everything heard so far, in order of arrival, which the finished graph no longer shows. */
export interface Draft {
  readonly codes: OntologyCodes;
  readonly records: RecordList;
  readonly entities: EntityList;
  readonly labels: LabelVotes;
  readonly statements: StatementLog;
  readonly numbers: NumberPool;
  readonly fieldNames: TextPool;
  readonly passages: DocumentProvenance[];
  readonly texts: TextSpool;
  readonly unresolved: Unresolved[];
}

/** An empty draft. */
export function newDraft(ontology: Ontology, sources: readonly string[], texts: TextSpool): Draft {
  const codes = new OntologyCodes(ontology);
  return {
    codes,
    records: new RecordList(sources),
    entities: new EntityList(codes),
    labels: new LabelVotes(),
    statements: new StatementLog(),
    numbers: new NumberPool(),
    fieldNames: new TextPool(),
    passages: [],
    texts,
    unresolved: [],
  };
}

/** Distinct numbers under whole numbers. */
export class NumberPool {
  readonly #codes = new Map<number, number>();
  readonly values: number[] = [];

  /** The code of a number, a new one when it was not seen before. */
  codeOf(value: number): number {
    const known = this.#codes.get(value);
    if (known !== undefined) return known;
    this.#codes.set(value, this.values.length);
    return this.values.push(value) - 1;
  }
}
