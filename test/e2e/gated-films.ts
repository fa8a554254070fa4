import { madeCatalogues } from "./kindred-process.ts";

/** Two catalogues of films. */
export const { left, right } = madeCatalogues(60);

/** The second of them with half of it gone. */
export const shorter = right.split("\n").slice(0, 20).join("\n");

/** A project whose gates let no promote lose more than two matches. */
export const gatedProject = `
project:
  name: films
  dataSets:
    matches:
      gates: { minMatches: 10, maxMatchesLost: 2 }
`;
