import type { Places, Round, RoundEnd } from "./round.ts";

/** A fault, as the table names it. */
export interface Fault {
  readonly name: string;
  readonly inject: (round: Round) => Promise<RoundEnd>;
}

/** Servers, or none, that the rounds of one lane run on one after the other. */
export interface OpenGround {
  /** One for each name of the ground. */
  readonly faults: readonly Fault[];
  /** Where the next round's run lives; null for a folder of its own. */
  newPlaces(): Promise<Places | null>;
  close(): Promise<void>;
}

/** Faults whose runs live in places of one kind. */
export interface Ground {
  readonly title: string;
  readonly names: readonly string[];
  /** Rounds at a time, each lane on servers of its own. */
  readonly lanes: number;
  /** What this machine lacks for a fault; null when nothing. */
  missing(name: string): string | null;
  open(): Promise<OpenGround>;
}

/** For grounds whose faults need nothing that the repository's own setup does not install. */
export function nothingMissing(): null {
  return null;
}
