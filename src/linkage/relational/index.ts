export { type Related, relate } from "./relate.ts";
export { RelationsBuilder } from "./relations-builder.ts";
export type { Relations } from "./relations.ts";
export type { BothTypes } from "./shared-works.ts";
