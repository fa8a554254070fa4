import { runs } from "./0001-runs.ts";
import { labelsAndHolders } from "./0002-labels-and-holders.ts";
import { facts } from "./0003-facts.ts";
import { dataSets } from "./0004-data-sets.ts";
import { triggers } from "./0005-triggers.ts";
import { spending } from "./0006-spending.ts";
import { logs } from "./0007-logs.ts";
import { collection } from "./0008-collection.ts";
import { inputs } from "./0009-inputs.ts";
import type { Migration } from "./migration.ts";

/** All there are, in order: the version of a schema is how many of them it has been through. Append only. */
export const migrations: readonly Migration[] = [
  runs,
  labelsAndHolders,
  facts,
  dataSets,
  triggers,
  spending,
  logs,
  collection,
  inputs,
];
