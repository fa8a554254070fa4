/** What gates bound, by name: counts, and shares between 0 and 1. Null is not known. */
export type Figures = Readonly<Record<string, number | null>>;
