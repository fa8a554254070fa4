import type { Migration } from "./migration.ts";

/** What tasks say of their size: rows, pairs, the largest block. */
export const facts: Migration = { statements: ["alter table attempts add column facts text"] };
