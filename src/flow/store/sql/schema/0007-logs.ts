import type { Migration } from "./migration.ts";

/** The log of an attempt, where it is in the artifact store: JSON of an array of blobs. */
export const logs: Migration = { statements: ["alter table attempts add column log text"] };
