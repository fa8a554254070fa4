import type { Migration } from "./migration.ts";

/** The files that params of a run name, where they are in the artifact store: JSON of an array of `RunInput`. */
export const inputs: Migration = { statements: ["alter table runs add column inputs text"] };
