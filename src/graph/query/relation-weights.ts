/** How much a shared neighbour says about taste, by relation: people more than kinds, kinds more than places. */
const weights: Readonly<Record<string, number>> = {
  sequel_of: 2,
  based_on: 1.2,
  about: 1,
  directed: 1,
  wrote: 0.8,
  acted_in: 0.6,
  has_genre: 0.6,
  has_occupation: 0.3,
  made_by: 0.2,
  in_language: 0.15,
  from_country: 0.15,
};

const usualWeight = 0.5;

/** The weight of a relation; relations of other ontologies count alike. */
export function relationWeight(name: string): number {
  return weights[name] ?? usualWeight;
}
