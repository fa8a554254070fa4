import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { type Random, seededRandom } from "../src/base/index.ts";

/**
 * Writes nested JSON Lines about films, the same bytes for the same arguments:
 * node bench/gen-jsonl.ts FILE [--shape maps|lists] [--wanted 10|50|90] [--megabytes 200] [--seed 1]
 * `--shape` says what nobody wants of it: `maps` by language, country and property, whose keys differ from film to film as
 * Wikidata has them, beside lists as TMDB has them; or only `lists` of like objects.
 * `--wanted` says which share of the bytes the values of {@link wantedColumns} take, in per cent.
 */

/** What the unwanted part of a film is like. */
export const filmShapes = ["maps", "lists"] as const;

/** One of {@link filmShapes}. */
export type FilmShape = (typeof filmShapes)[number];

/** What a linkage would want of such a film; of the cast the names. */
export const wantedColumns = [
  "id",
  "title",
  "original_title",
  "release.date",
  "release.country",
  "runtime",
  "genres",
  "credits.cast",
  "credits.director",
  "overview",
] as const;

/** The shares of wanted bytes that there are files for, in per cent. */
export const wantedShares = [10, 50, 90] as const;

interface Sizes {
  readonly overviewWords: number;
  readonly castSize: number;
  /** Further members of people, and statements, that nobody wants. */
  readonly isRich: boolean;
  /** Pictures, and of lists translations among them. */
  readonly images: number;
}

const sizesByShape: Readonly<Record<FilmShape, Readonly<Record<number, Sizes>>>> = {
  maps: {
    10: { overviewWords: 40, castSize: 9, isRich: true, images: 3 },
    50: { overviewWords: 170, castSize: 7, isRich: false, images: 1 },
    90: { overviewWords: 500, castSize: 6, isRich: false, images: 0 },
  },
  lists: {
    10: { overviewWords: 18, castSize: 9, isRich: true, images: 12 },
    50: { overviewWords: 100, castSize: 7, isRich: false, images: 4 },
    90: { overviewWords: 500, castSize: 6, isRich: false, images: 1 },
  },
};

const letters = ["a", "e", "i", "o", "u", "n", "r", "s", "t", "l", "d", "m", "k", "v"];
const accented = ["é", "ö", "ł", "ñ"];
const genres = ["Drama", "Comedy", "Thriller", "Action", "Romance", "Horror", "Science Fiction", "Western", "Crime"];
const countries = "US FR JP IN DE GB KR NG BR MX ES IT ZA SE NO PL TR AU CA AR".split(" ");
const duties = ["Editor", "Producer", "Original Music Composer", "Director of Photography", "Casting"];
const characters = ["Himself", "Dr. Mabuse", 'The "Kid"', "Anna", "Inspector", "Nº 5", "Narrator (voice)"];

const latin = "abcdefghilmnoprstuv éèñöüåø";
const scripts = [
  ["ja", "の王と七人侍千尋神隠東京物語"],
  ["ru", "абвгдежзиклмнопрстуя "],
  ["zh", "霸王别姬活着大红灯笼高挂"],
  ["ko", "기생충올드보이살인의추억"],
  ["el", "αβγδεζηθικλμνοπρστυω "],
  ["ar", "ابتثجحخدذرزسشصضطظعغ "],
  ...["de", "es", "fi", "fr", "it", "nl", "pl", "pt", "sv", "tr"].map((language) => [language, latin] as const),
] as const;

/** Mostly of plain letters; one in thirty has another. */
function wordOf(random: Random): string {
  const word = Array.from({ length: 2 + random.integer(8) }, () => letters[random.integer(letters.length)]).join("");
  return random.integer(30) === 0 ? `${word}${accented[random.integer(accented.length)]}` : word;
}

function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Words and people that films share, as in a catalogue. */
class Pool {
  readonly #random: Random;
  readonly #words: readonly string[];
  readonly #people: readonly string[];

  constructor(random: Random) {
    this.#random = random;
    this.#words = Array.from({ length: 5000 }, () => wordOf(random));
    this.#people = Array.from({ length: 40_000 }, (_, i) =>
      i % 50 === 0 ? `宮崎 駿${i}` : `${capitalized(wordOf(random))} ${capitalized(wordOf(random))}`,
    );
  }

  words(count: number): string {
    return Array.from({ length: count }, () => this.#words[this.#random.integer(this.#words.length)]).join(" ");
  }

  title(): string {
    return capitalized(this.words(1 + this.#random.integer(4)));
  }

  /** A few people are in many films. */
  person(): string {
    const place = Math.floor(this.#random.next() ** 2 * this.#people.length);
    return this.#people[place] as string;
  }

  one<T>(from: readonly T[]): T {
    return from[this.#random.integer(from.length)] as T;
  }

  integer(below: number): number {
    return this.#random.integer(below);
  }

  textOf(signs: string, length: number): string {
    return Array.from({ length }, () => signs[this.#random.integer(signs.length)]).join("");
  }

  date(): string {
    return `${1930 + this.#random.integer(95)}-0${1 + this.#random.integer(9)}-1${this.#random.integer(10)}`;
  }

  path(): string {
    return `/${this.#random.integer(2 ** 32).toString(36)}${this.#random.integer(2 ** 32).toString(36)}.jpg`;
  }
}

function castMember(pool: Pool, order: number, isRich: boolean): object {
  const name = pool.person();
  if (!isRich) return { name, order };
  return {
    adult: false,
    gender: pool.integer(3),
    id: pool.integer(3_000_000),
    known_for_department: "Acting",
    name,
    popularity: pool.integer(100_000) / 1000,
    profile_path: pool.integer(4) === 0 ? null : pool.path(),
    character: pool.one(characters),
    credit_id: pool.integer(2 ** 40).toString(16),
    order,
  };
}

/** As TMDB lists pictures. */
function image(pool: Pool): object {
  return {
    aspect_ratio: 1.778,
    height: 500 + pool.integer(2000),
    iso_639_1: pool.one([null, "en", "de", "fr", "ja"]),
    file_path: pool.path(),
    vote_average: pool.integer(10_000) / 1000,
    vote_count: pool.integer(50),
    width: 1000 + pool.integer(3000),
  };
}

/** What the film is called elsewhere, each language in its own script, by language as Wikidata has it. */
function labels(pool: Pool): object {
  const some = scripts.filter(() => pool.integer(2) === 0);
  return Object.fromEntries(
    some.map(([language, signs]) => [language, { language, value: pool.textOf(signs, 4 + pool.integer(14)) }]),
  );
}

/** Where and for how much it is to be had, by country. */
function availability(pool: Pool): object {
  const some = countries.filter(() => pool.integer(3) === 0);
  return Object.fromEntries(
    some.map((country) => [
      country,
      { from: pool.date(), to: pool.date(), price: pool.integer(1000) / 100, hd: pool.integer(2) === 0 },
    ]),
  );
}

/** Statements by property, as Wikidata has them. */
function statements(pool: Pool, count: number): object {
  const properties = Array.from({ length: count }, () => `P${1 + pool.integer(400)}`);
  return Object.fromEntries(
    properties.map((property) => [
      property,
      [
        {
          rank: "normal",
          type: "wikibase-item",
          value: { "numeric-id": pool.integer(1e7), id: `Q${pool.integer(1e7)}` },
        },
      ],
    ]),
  );
}

/** What nobody wants, by keys that differ from film to film. */
function mapsOf(pool: Pool, { isRich, images }: Sizes): object {
  return {
    ...(images === 0 ? {} : { labels: labels(pool), availability: availability(pool) }),
    ...(isRich ? { claims: statements(pool, 7) } : {}),
    images: Array.from({ length: images }, () => image(pool)),
  };
}

/** What nobody wants, in lists of two kinds of objects. */
function listsOf(pool: Pool, { images }: Sizes): object {
  return {
    images: Array.from({ length: images }, () => (pool.integer(2) === 0 ? translation(pool) : sizedImage(pool))),
  };
}

/** As TMDB lists translations. */
function translation(pool: Pool): object {
  const [language, signs] = pool.one(scripts);
  return {
    iso_3166_1: pool.one(countries),
    iso_639_1: language,
    data: { homepage: "", runtime: 60 + pool.integer(120), title: pool.textOf(signs, 4 + pool.integer(12)) },
  };
}

function sizedImage(pool: Pool): object {
  return {
    iso_639_1: pool.one(["en", "de", "fr", "ja"]),
    file_path: pool.path(),
    size: { width: 1000 + pool.integer(3000), height: 500 + pool.integer(2000), aspect: 1.778 },
    votes: { average: pool.integer(100) / 10, count: pool.integer(5000) },
    tags: [pool.words(1), pool.words(2)],
  };
}

function film(pool: Pool, i: number, shape: FilmShape, sizes: Sizes): object {
  const { overviewWords, castSize, isRich } = sizes;
  const title = pool.title();
  const overview = pool.words(Math.round(overviewWords * (0.6 + pool.integer(800) / 1000)));
  const crew = isRich
    ? Array.from({ length: 4 }, () => ({ job: pool.one(duties), name: pool.person(), id: pool.integer(1e6) }))
    : [];
  return {
    id: `f${i}`,
    title,
    original_title: pool.integer(3) === 0 ? pool.title() : title,
    release: {
      date: pool.date(),
      country: pool.one(countries),
    },
    runtime: 60 + pool.integer(120),
    genres: Array.from({ length: 1 + pool.integer(3) }, () => pool.one(genres)),
    credits: {
      cast: Array.from({ length: castSize }, (_, order) => castMember(pool, order, isRich)),
      director: pool.person(),
      crew,
    },
    overview: pool.integer(20) === 0 ? `"${overview}"\n` : overview,
    ...(shape === "maps" ? mapsOf(pool, sizes) : listsOf(pool, sizes)),
    popularity: pool.integer(1e6) / 1000,
  };
}

/** Which films to make. */
export interface FilmsOptions {
  /** One of {@link wantedShares}. */
  readonly wantedPercent: number;
  readonly megabytes: number;
  /** Default maps. */
  readonly shape?: FilmShape;
  /** Default 1. */
  readonly seed?: number;
}

/** Lines of JSON of about so many megabytes in all. */
export function* filmLines({ wantedPercent, megabytes, shape = "maps", seed = 1 }: FilmsOptions): Generator<string> {
  const size = sizesByShape[shape][wantedPercent];
  if (size === undefined) throw new Error(`--wanted ${wantedPercent}: there are ${wantedShares.join(", ")}`);
  const pool = new Pool(seededRandom(seed));
  for (let bytes = 0, i = 0; bytes < megabytes * 1e6; i++) {
    const line = `${JSON.stringify(film(pool, i, shape, size))}\n`;
    bytes += Buffer.byteLength(line);
    yield line;
  }
}

/** Writes such a file. */
export async function writeFilms(file: string, options: FilmsOptions): Promise<void> {
  await pipeline(filmLines(options), createWriteStream(file));
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      shape: { type: "string", default: "maps" },
      wanted: { type: "string", default: "10" },
      megabytes: { type: "string", default: "200" },
      seed: { type: "string", default: "1" },
    },
  });
  const [file] = positionals;
  const shape = filmShapes.find((known) => known === values.shape);
  if (file === undefined || shape === undefined)
    throw new Error(
      "node bench/gen-jsonl.ts FILE [--shape maps|lists] [--wanted 10|50|90] [--megabytes 200] [--seed 1]",
    );
  const { wanted, megabytes, seed } = values;
  await writeFilms(file, {
    shape,
    wantedPercent: Number(wanted),
    megabytes: Number(megabytes),
    seed: Number(seed),
  });
}
