import type { Migration } from "./migration.ts";

/** What an attempt spent on language models. */
export const spending: Migration = {
  statements: ["alter table attempts add column model_tokens integer", "alter table attempts add column money real"],
};
