/** What English calls works, and the entity type each noun speaks of (where the ontology has it). */
const typeByNoun: Readonly<Record<string, string>> = {
  film: "film",
  movie: "film",
  picture: "film",
  feature: "film",
  documentary: "film",
  short: "film",
  series: "series",
  sitcom: "series",
  miniseries: "series",
  episode: "episode",
  novel: "book",
  novella: "book",
  book: "book",
  memoir: "book",
  play: "book",
  "short story": "book",
  "graphic novel": "book",
  comic: "book",
};

/** The nouns of works, longest first so that a pattern takes "graphic novel" whole. */
export const nounsOfWorks: readonly string[] = Object.keys(typeByNoun).sort((a, b) => b.length - a.length);

/** The entity type that a noun speaks of, or undefined. */
export function typeOfNoun(noun: string | undefined): string | undefined {
  return noun === undefined ? undefined : typeByNoun[noun.toLowerCase().replace(/\s+/g, " ")];
}

/** Nouns that make a person or a trade of the work before them: a film director is no film. */
export const personNouns: readonly string[] =
  "director producer maker editor critic composer score star actor actress writer studio company festival industry buff fan adaptation version character set school theorist historian soundtrack franchise trilogy award".split(
    " ",
  );

/** Kinds of stories as catalogues sort by, as English writes them before "film". */
export const genreWords: readonly string[] = [
  "romantic comedy",
  "black comedy",
  "dark comedy",
  "science fiction",
  "martial arts",
  "film noir",
  "neo-noir",
  "sci-fi",
  "action",
  "adventure",
  "animated",
  "anime",
  "biographical",
  "comedy",
  "crime",
  "disaster",
  "documentary",
  "drama",
  "fantasy",
  "gangster",
  "historical",
  "horror",
  "musical",
  "mystery",
  "noir",
  "romance",
  "slasher",
  "spy",
  "superhero",
  "supernatural",
  "swashbuckler",
  "thriller",
  "war",
  "western",
].sort((a, b) => b.length - a.length);

/** Adjectives that may stand between "the" and a work without changing what is said of it. */
export const harmlessAdjectives: readonly string[] =
  "first second third original earlier previous preceding hit classic bestselling best-selling famous celebrated acclaimed award-winning own popular short epic debut successful animated feature cult early great well-known American British English French German Italian Japanese Spanish".split(
    " ",
  );

let countries: ReadonlySet<string> | undefined;

/** True for the English name of a country, from the ICU tables of the runtime. */
export function isCountry(name: string): boolean {
  countries ??= allCountries();
  return countries.has(name);
}

function allCountries(): ReadonlySet<string> {
  const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const codes = letters
    .flatMap((a) => letters.map((b) => a + b))
    .filter((code) => !["EU", "EZ", "UN", "ZZ", "QO"].includes(code));
  return new Set(codes.map((code) => names.of(code)).filter((name) => name !== undefined));
}
