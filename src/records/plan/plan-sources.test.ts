import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rowAt } from "../../columns/index.ts";
import {
  describePlan,
  type IngestSummary,
  ingestSource,
  type PlanOptions,
  planSources,
  profileSource,
  type SourcePlan,
  type SourceSpec,
} from "../index.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "kindred-plan-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

interface Written {
  readonly [name: string]: string | readonly (readonly string[])[];
}

/** Plans sources given as CSV text or rows, in order. */
async function plansOf(
  written: Written,
  options: PlanOptions = {},
  specs: Record<string, Partial<SourceSpec>> = {},
): Promise<SourcePlan[]> {
  const profiles = [];
  for (const [name, content] of Object.entries(written)) {
    const path = join(directory, `${name}.csv`);
    await writeFile(
      path,
      typeof content === "string"
        ? content
        : content.map((row) => row.map((value) => `"${value}"`).join(",")).join("\n"),
    );
    profiles.push(await profileSource({ name, path, ...specs[name] }));
  }
  return planSources(profiles, options);
}

/** Field by field: name, kind and where from; `?` marks what cannot be evidence. */
function fieldsOf(plan: SourcePlan | undefined): string[] {
  return describePlan(plan as SourcePlan).fields.map(
    (field) => `${field.field}: ${field.kind} <- ${field.from}${field.evidence ? "" : " ?"}`,
  );
}

async function recordsOf(
  plan: SourcePlan | undefined,
): Promise<{ records: Record<string, unknown>[]; summary: IngestSummary }> {
  const records: Record<string, unknown>[] = [];
  let summary: IngestSummary | undefined;
  for await (const batch of ingestSource(plan as SourcePlan, { onSummary: (counts) => (summary = counts) })) {
    for (let row = 0; row < batch.table.rowCount; row++) records.push(rowAt(batch.table, row));
  }
  return { records, summary: summary as IngestSummary };
}

describe("catalogues that were never seen", () => {
  test("one spells its columns as IMDb does, one as Netflix does: the same fields", async () => {
    const plans = await plansOf({
      imdb: 'tconst,titleType,primaryTitle,originalTitle,isAdult,startYear,endYear,runtimeMinutes,genres\ntt1,movie,Heat,Heat,0,1995,\\N,170,"Crime,Drama"\ntt2,tvSeries,Dark,Dark,0,2017,2020,50,"Crime,Drama"\n',
      netflix:
        'show_id,type,title,director,cast,country,date_added,release_year,rating,duration,listed_in,description\ns1,Movie,Heat,Michael Mann,"Al Pacino, Val Kilmer","United States, France","September 25, 2021",1995,R,170 min,"Dramas, Thrillers",Two men meet.\ns2,TV Show,Dark,,"Louis Hofmann, Lisa Vicari",Germany,"September 24, 2021",2017,TV-MA,2 Seasons,"Dramas, Thrillers",A town has a secret.\n',
    });
    expect(plans.map((plan) => plan.entityType)).toEqual(["film", "film"]);
    expect(fieldsOf(plans[0])).toMatchInlineSnapshot(`
      [
        "title: title <- primaryTitle",
        "level: level <- titleType",
        "year: year <- startYear",
        "genres: category, list by "," <- genres",
        "runtime: number <- runtimeMinutes",
        "original_title: title <- originalTitle ?",
        "end_year: year <- endYear ?",
        "imdb_id: imdb <- tconst ?",
        "is_adult: number <- isAdult ?",
      ]
    `);
    expect(fieldsOf(plans[1])).toMatchInlineSnapshot(`
      [
        "title: title <- title",
        "level: level <- type",
        "year: year <- release_year",
        "genres: category, list by "," <- listed_in",
        "runtime: number <- duration",
        "directors: personList, list <- director ?",
        "cast: personList, list by "," <- cast ?",
        "countries: country, list by "," <- country ?",
        "description: text <- description ?",
        "rating: category <- rating ?",
        "show_id: identifier <- show_id ?",
        "date_added: date <- date_added ?",
      ]
    `);
    const { records, summary } = await recordsOf(plans[1]);
    expect(records[0]).toMatchObject({
      level: "film",
      runtime: 170,
      genres: ["Dramas", "Thrillers"],
      cast: ["Al Pacino", "Val Kilmer"],
    });
    expect(records[1]).toMatchObject({ level: "series", runtime: null, directors: null });
    expect(summary.notes).toEqual(["runtime: 1 values could not be read as such and became null"]);
  });

  test("numbered columns of one list become that list", async () => {
    const [plan] = await plansOf({
      imdb5000:
        "movie_title,actor_1_name,actor_2_name,actor_3_name,director_name\nHeat ,Al Pacino,Val Kilmer,,Michael Mann\n",
    });
    expect((await recordsOf(plan)).records).toEqual([
      { id: "row:1", title: "Heat", directors: ["Michael Mann"], cast: ["Al Pacino", "Val Kilmer"] },
    ]);
  });

  test("books: authors with a comma between family and given name are one person each", async () => {
    const names = ["Le Guin, Ursula", "Herbert, Frank", "Gibson, William", "Dick, Philip"];
    const [plan] = await plansOf({
      books: [
        ["isbn13", "title", "author", "publisher", "pages"],
        ...names.map((name, i) => [`97800000000${i}`, `Book ${i}`, name, "Farrar, Straus and Giroux", `${200 + i}`]),
      ],
    });
    expect(plan?.entityType).toBe("book");
    expect((await recordsOf(plan)).records[0]).toMatchObject({
      authors: ["Le Guin, Ursula"],
      companies: ["Farrar, Straus and Giroux"],
      isbn: "978000000000",
      pages: 200,
    });
  });

  test("people: given and family names are joined, birth dates give birth years", async () => {
    const plans = await plansOf({
      staff:
        "person_id,first_name,last_name,date_of_birth,gender\n1,Al,Pacino,1940-04-25,m\n2,Val,Kilmer,1959-12-31,m\n",
      wiki: "name,birthyear,occupation\nAl Pacino,1940,ACTOR\nAristotle,-384,PHILOSOPHER\n",
    });
    expect(plans.map((plan) => plan.entityType)).toEqual(["person", "person"]);
    expect((await recordsOf(plans[0])).records[0]).toMatchObject({ name: "Al Pacino", birth_year: 1940, gender: "m" });
    expect((await recordsOf(plans[1])).records[1]).toMatchObject({
      name: "Aristotle",
      birth_year: -384,
      occupation: ["PHILOSOPHER"],
    });
    expect(fieldsOf(plans[1]).slice(0, 2)).toEqual(["name: name <- name", "birth_year: year <- birthyear"]);
  });

  test("a title's own year in brackets becomes the year when the catalogue has no other", async () => {
    const [plan] = await plansOf({
      ml: 'movieId,title,genres\n1,Heat (1995),Crime|Drama\n2,2001: A Space Odyssey (1968),Drama\n3,"Postman, The (1997)",Drama\n4,Solo,Drama\n',
    });
    expect(plan?.fields.find((entry) => entry.field.name === "year")?.why).toBe(
      "the year in brackets at the end of the title",
    );
    expect((await recordsOf(plan)).records.map(({ title, year }) => [title, year])).toEqual([
      ["Heat", 1995],
      ["2001: A Space Odyssey", 1968],
      ["Postman, The", 1997],
      ["Solo", null],
    ]);
  });

  test("columns without a known name are read by their values", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [
      `Some Thing Number ${i * 7}`,
      `${["red", "green", "blue"][i % 3]};${["round", "square"][i % 2]}`,
      `https://example.org/${i}`,
      `${i + 1}`,
      `${(i * 7919) % 1000}.5`,
      `${["Ada", "Alan", "Grace", "Kurt", "Emmy"][i % 5]} ${["Hopper", "Turing", "Noether", "Gödel"][i % 4]}${i % 2 ? "|Mary Ann Moore" : ""}`,
      `2001-0${(i % 9) + 1}-11`,
    ]);
    const [plan] = await plansOf({ things: [["a", "b", "c", "d", "e", "f", "g"], ...rows] });
    expect(fieldsOf(plan)).toMatchInlineSnapshot(`
      [
        "title: title <- a",
        "b: category, list by ";" <- b",
        "e: number <- e",
        "f: personList, list by "|" <- f",
        "g: date <- g",
        "c: identifier <- c ?",
        "d: identifier <- d ?",
      ]
    `);
  });
});

describe("sources of one entity type agree on a field's kind", () => {
  test("one name under two kinds that cannot be one is two fields, and no evidence", async () => {
    const plans = await plansOf({
      a: "title,year,rating\nHeat,1995,7.5\nAlien,1979,8\n",
      b: "title,year,rating\nHeat,1995,R\nAlien,1979,PG\n",
    });
    expect(fieldsOf(plans[0])).toContain("rating_number: number <- rating ?");
    expect(fieldsOf(plans[1])).toContain("rating: category <- rating ?");
  });

  test("one value here and a list there is a list in both", async () => {
    const plans = await plansOf({
      a: "title,year,Major Genre\nHeat,1995,Crime\n",
      b: "title,year,genres\nHeat,1995,Crime|Drama\n",
    });
    const kinds = plans.map((plan) => plan.fields.find((entry) => entry.field.name === "genres")?.field);
    expect(kinds).toEqual([
      { name: "genres", kind: "category", list: true },
      { name: "genres", kind: "category", list: true },
    ]);
  });

  test("a date here and a year there align as the year", async () => {
    const plans = await plansOf({ a: "title,Release Date\nHeat,Dec 15 1995\n", b: "title,year\nHeat,1995\n" });
    expect(fieldsOf(plans[0])).toEqual([
      "title: title <- title",
      "year: year <- Release Date",
      "release_date: date <- Release Date ?",
    ]);
  });

  test("every source has the shared fields, in the same order", async () => {
    const plans = await plansOf({
      a: "title,year,director\nHeat,1995,Michael Mann\n",
      b: "year,title\n1995,Heat\n",
      c: "director,title\nMichael Mann,Heat\n",
    });
    const shared = plans.map((plan) => plan.fields.filter((entry) => entry.aligned).map((entry) => entry.field));
    expect(shared[1]).toEqual(shared[0]);
    expect(shared[2]).toEqual(shared[0]);
    expect(plans.map((plan) => plan.entityType)).toEqual(["film", "film", "film"]);
  });

  test("an identifier that can be checked is one field whatever its columns are called and however it is written", async () => {
    const old = [
      "0306406152",
      "0-8044-2957-X",
      "0198534531",
      "0262033844",
      "0131103628",
      "020161622X",
      "0596517742",
      "0201633612",
    ];
    const now = [
      "9780306406157",
      "9780804429573",
      "9780198534532",
      "9780262033848",
      "9780131103627",
      "9780201616224",
      "9780596517748",
      "9780201633610",
    ];
    const [left, right] = await plansOf({
      checkedA: [["title", "isbn"], ...old.map((isbn, i) => [`Book ${i}`, isbn])],
      checkedB: [["title", "stock_key"], ...now.map((isbn, i) => [`The book ${i}`, isbn])],
    });
    expect([fieldsOf(left)[1], fieldsOf(right)[1]]).toEqual(["isbn: isbn <- isbn", "isbn: isbn <- stock_key"]);
    const isbns = async (plan: SourcePlan | undefined) => (await recordsOf(plan)).records.map((record) => record.isbn);
    expect(await isbns(left)).toEqual(now);
    expect(await isbns(right)).toEqual(now);
  });

  test("ids of a catalogue's own are never evidence, even under one name", async () => {
    const plans = await plansOf({
      a: "show_id,title,year\ns1,Heat,1995\ns2,Dark,2017\n",
      b: "show_id,title,year\ns1,Alien,1979\ns2,Jaws,1975\n",
    });
    expect(fieldsOf(plans[0])).toContain("show_id: identifier <- show_id ?");
  });
});

describe("the id of a record", () => {
  test("is a column that says so in other words, if each record has one of its own", async () => {
    const written = {
      a: "rec_id,title\nr1,Heat\nr2,Jaws\n",
      b: "Record ID,rec_id,id,title\nx,y,z,Heat\n",
      c: "ID,title\n7,Heat\n",
      d: "rec_id,title\nr1,Heat\nr1,Jaws\n",
      e: "rec_id,title\nr1,Heat\n,Jaws\n",
    };
    expect((await plansOf(written)).map((plan) => plan.idColumn)).toEqual(["rec_id", "id", "ID", null, null]);
  });
});

describe("what is asked for goes before what is inferred", () => {
  test("ids, by source and for all", async () => {
    const written = { a: "key,code,title\n1,x,Heat\n", b: "id,code,title\n2,y,Heat\n" };
    expect((await plansOf(written)).map((plan) => plan.idColumn)).toEqual([null, "id"]);
    expect((await plansOf(written, { ids: ["code"] })).map((plan) => plan.idColumn)).toEqual(["code", "code"]);
    expect((await plansOf(written, { ids: ["code", "a:key"] })).map((plan) => plan.idColumn)).toEqual(["key", "code"]);
  });

  test("ignored columns are no fields, wherever they are", async () => {
    const plans = await plansOf(
      { a: "title,year,imdb_id\nHeat,1995,tt1\n", b: "title,year\nHeat,1995\n" },
      { ignore: ["imdb_id"] },
    );
    expect(fieldsOf(plans[0])).toEqual(["title: title <- title", "year: year <- year"]);
    expect(plans[0]?.leftOut).toContainEqual({ column: "imdb_id", why: "ignored, as asked" });
  });

  test("a configuration names columns, kinds, separators and constants", async () => {
    const spec: Partial<SourceSpec> = {
      entityType: "film",
      fields: {
        title: { from: "naam" },
        genres: { from: ["soort", "soort2"], separator: "+" },
        level: { value: "film" },
        note: { from: "x", kind: "text" },
      },
      placeholders: ["geen"],
    };
    const [plan] = await plansOf({ a: "naam,soort,soort2,x\nHeat,Crime+Drama,Noir,geen\n" }, {}, { a: spec });
    expect((await recordsOf(plan)).records).toEqual([
      { id: "row:1", title: "Heat", level: "film", genres: ["Crime", "Drama", "Noir"], note: null },
    ]);
  });

  test("people are the names of the fields that are asked for", async () => {
    const written = { a: "title,director,cast\nHeat,Michael Mann,Al Pacino|Val Kilmer\n" };
    expect((await plansOf(written))[0]?.people).toEqual(["directors", "cast"]);
    expect((await plansOf(written, {}, { a: { people: ["cast"] } }))[0]?.people).toEqual(["cast"]);
  });
});

describe("years 100 years off", () => {
  const films = (years: readonly number[]) => [
    ["title", "released"],
    ...years.map((year, i) => [`Film ${i}`, `Jan 02 ${year}`]),
  ];
  const usual = Array.from({ length: 400 }, (_, i) => 1975 + (i % 36));

  test("are moved back where some year is impossible, which shows the fault", async () => {
    const [plan] = await plansOf({ a: films([...usual, 2015, 2016, 2046]) });
    const { records } = await recordsOf(plan);
    expect(records.slice(-3).map((record) => record.year)).toEqual([1915, 1916, 1946]);
    expect(records[35]?.year).toBe(2010);
  });

  test("announced films are left alone", async () => {
    const [plan] = await plansOf({ a: films([...usual, 2015, 2028]) });
    expect((await recordsOf(plan)).records.slice(-2).map((record) => record.year)).toEqual([2015, 2028]);
  });

  test("the caller says of which year the catalogues are", async () => {
    const [plan] = await plansOf({ a: films([...usual, 2024]) }, { asOfYear: 2012 });
    expect((await recordsOf(plan)).records.at(-1)?.year).toBe(1924);
  });
});
