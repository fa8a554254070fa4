const wordsByLevel: Readonly<Record<string, readonly string[]>> = {
  film: [
    "movie",
    "film",
    "feature",
    "featurefilm",
    "short",
    "shortfilm",
    "tvmovie",
    "tvshort",
    "video",
    "documentary",
    "telefilm",
  ],
  series: [
    "series",
    "tvshow",
    "tvseries",
    "miniseries",
    "tvminiseries",
    "show",
    "limitedseries",
    "webseries",
    "tv",
    "serial",
  ],
  season: ["season", "tvseason"],
  episode: ["episode", "tvepisode"],
};

const levelByWord = new Map(
  Object.entries(wordsByLevel).flatMap(([level, words]) => words.map((word) => [word, level])),
);
/** Words of such columns that say nothing about the level. */
const unknownWords = new Set(["title", "work", "other", "misc", "unknown"]);

function wordOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, "");
}

/** The level that a value such as "TV Show" or "tvMovie" says: film, series, season, episode; null for any other. */
export function parseLevel(text: string): string | null {
  return levelByWord.get(wordOf(text)) ?? null;
}

/** Whether a value may stand in a column of levels, saying one or saying that it is not known. */
export function isLevelWord(text: string): boolean {
  return levelByWord.has(wordOf(text)) || unknownWords.has(wordOf(text));
}
