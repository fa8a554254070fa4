import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayNumber, fullYear, parseDay } from "./date.ts";
import { type CleanerSpec, fieldCleaner, newCleanCounts } from "./field-cleaner.ts";
import { parseLevel } from "./level.ts";
import { parseMinutes, parseNumber } from "./number.ts";
import { cleanCredit } from "./person.ts";
import { usualPlaceholders } from "./placeholder.ts";
import { cleanText } from "./text.ts";
import { splitTitleYear } from "./title.ts";
import { parseYear } from "./year.ts";

const field = (name: string, kind: CleanerSpec["field"]["kind"], list = false): CleanerSpec => ({
  field: { name, kind, list },
  separator: list ? "|" : null,
  newestYear: null,
});
const clean = (spec: CleanerSpec, raw: string | number | string[] | null, placeholders = usualPlaceholders) =>
  fieldCleaner(spec, placeholders, newCleanCounts())([raw]);

describe("years", () => {
  test.each([
    ["1999", 1999],
    ["(1999)", 1999],
    ["[1999]", 1999],
    ["1999-2003", 1999],
    ["1999–", 1999],
    ["2005– ", 2005],
    ["1999.0", 1999],
    ["1998-06-12", 1998],
    ["Jun 12 1998", 1998],
    ["12/31/1999", 1999],
    ["c. 1850", 1850],
    ["ca. 1850", 1850],
    ["1237?", 1237],
    ["530s", 530],
    ["1990s", 1990],
    ["-384", -384],
    ["384 BC", -384],
    ["released in 1999", 1999],
    ["1999 2001", null],
    ["Europe", null],
    ["0", null],
    ["99999", null],
  ])("%s is %s", (text, year) => expect(parseYear(text.trim(), null)).toBe(year));

  test("two digits are the latest year that is not in the future of the catalogue", () => {
    expect(parseYear("98", 2031)).toBe(1998);
    expect(parseYear("28", 2031)).toBe(2028);
    expect(fullYear("46", 2011)).toBe(1946);
  });
  test("two digits of a birth year stay: people were born in 98", () => expect(parseYear("98", null)).toBe(98));
});

describe("dates", () => {
  test.each([
    ["1998-06-12", "1998-06-12"],
    ["1998-06-12T00:00:00.000Z", "1998-06-12"],
    ["1998-06-12 10:11:12", "1998-06-12"],
    ["1998/6/2", "1998-06-02"],
    ["19980612", "1998-06-12"],
    ["6/12/1998", "1998-06-12"],
    ["13/12/1998", "1998-12-13"],
    ["12.06.1998", "1998-06-12"],
    ["Jun 12 1998", "1998-06-12"],
    ["June 12, 1998", "1998-06-12"],
    ["Friday, June 12, 1998", "1998-06-12"],
    ["12 June 1998", "1998-06-12"],
    ["12-Jun-98", "1998-06-12"],
    ["1st May 2000", "2000-05-01"],
    ["6/12/98", "1998-06-12"],
    ["Feb 29 2000", "2000-02-29"],
    ["Feb 29 1900", null],
    ["Jun 1998", null],
    ["1998", null],
    ["12 Monkeys 1995", null],
  ])("%s is %s", (text, expected) => {
    const day = parseDay(text, 2031);
    expect(day && new Date(dayNumber(day) * 86_400_000).toISOString().slice(0, 10)).toBe(expected);
  });

  test("any day reads back from ISO, US and worded writing", () => {
    const days = fc.date({ min: new Date("1800-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, month, day] = iso.split("-") as [string, string, string];
        const worded = date.toLocaleDateString("en-US", {
          timeZone: "UTC",
          year: "numeric",
          month: "short",
          day: "numeric",
        });
        const expected = { year: Number(year), month: Number(month), day: Number(day) };
        for (const text of [iso, `${month}/${day}/${year}`, worded, `${day}.${month}.${year}`])
          expect(parseDay(text, 2031)).toEqual(expected);
        expect(dayNumber(expected)).toBe(Date.parse(iso) / 86_400_000);
      }),
      { seed: 3 },
    );
  });

  test("dates 100 years off are moved back and counted", () => {
    const counts = newCleanCounts();
    const cleaner = fieldCleaner({ ...field("release_date", "date"), newestYear: 2011 }, [], counts);
    expect(cleaner(["Dec 31 2046"])).toBe(Date.UTC(1946, 11, 31) / 86_400_000);
    expect(cleaner(["Dec 31 2010"])).toBe(Date.UTC(2010, 11, 31) / 86_400_000);
    expect([...counts.movedYears]).toEqual([["release_date", 1]]);
  });
});

describe("numbers", () => {
  test.each([
    ["95", 95],
    ["95 min", 95],
    ["95 minutes", 95],
    ["1h 35m", 95],
    ["1 h 35 min", 95],
    ["2h", 120],
    ["PT1H35M", 95],
    ["PT95M", 95],
    ["1:35:00", 95],
    ["2 Seasons", null],
    ["0", null],
  ])("a running time of %s is %s minutes", (text, minutes) => expect(parseMinutes(text)).toBe(minutes));
  test.each([
    ["7.5", 7.5],
    ["$1,234.50", 1234.5],
    ["1 234 567", 1234567],
    ["93%", 93],
    ["12,5", 12.5],
    ["-3", -3],
    ["USD 5", null],
    ["5 EUR", 5],
    ["1.2.3", null],
    ["1e3", 1000],
    ["1e400", null],
    ["-1e400", null],
    ["seven", null],
  ])("%s is %s", (text, number) => expect(parseNumber(text)).toBe(number));
});

describe("levels", () => {
  test.each([
    ["TV Show", "series"],
    ["tvMiniSeries", "series"],
    ["tvMovie", "film"],
    ["Movie", "film"],
    ["short", "film"],
    ["tvEpisode", "episode"],
    ["Season", "season"],
    ["title", null],
    ["novel", null],
  ])("%s is %s", (text, level) => expect(parseLevel(text)).toBe(level));

  test("a word that says the level is not known is no fault", () => {
    const counts = newCleanCounts();
    fieldCleaner(field("level", "level"), [], counts)(["title"]);
    expect(counts.unreadable.size).toBe(0);
  });
});

describe("placeholders", () => {
  test("stand for no value whatever their case", () => {
    for (const raw of ["N/A", "\\N", "unknown", "Unknown", " - ", "--", "NULL", "NaN", "?", "", "none"]) {
      expect(clean(field("city", "category"), raw)).toBeNull();
    }
  });
  test("in titles only marks do: films are called Unknown, None and NaN", () => {
    for (const raw of ["Unknown", "None", "NaN", "Na"]) expect(clean(field("title", "title"), raw)).toBe(raw);
    for (const raw of ["\\N", "N/A", "-", "?", "null", ""]) expect(clean(field("title", "title"), raw)).toBeNull();
  });
  test("NA is Namibia where countries stand", () => {
    expect(clean(field("country_code", "category"), "NA")).toBe("NA");
    expect(clean(field("origin", "country"), "NA")).toBe("NA");
    expect(clean(field("genre", "category"), "NA")).toBeNull();
  });
  test("are counted as they are written, and leave lists", () => {
    const counts = newCleanCounts();
    const cleaner = fieldCleaner(field("cast", "personList", true), usualPlaceholders, counts);
    expect(cleaner(["Al Pacino|Unknown|N/A"])).toEqual(["Al Pacino"]);
    expect(cleaner(["Unknown"])).toBeNull();
    expect(Object.fromEntries(counts.placeholders)).toEqual({ Unknown: 2, "N/A": 1 });
  });
  test("an empty list of placeholders switches the rule off", () => {
    expect(clean(field("city", "category"), "Unknown", [])).toBe("Unknown");
  });
});

describe("texts, names, titles, lists", () => {
  test("white space is one space, letters are composed, invisible marks go", () => {
    expect(cleanText(" a\u00a0 b\t\nc ")).toBe("a b c");
    expect(cleanText("Ame\u0301lie")).toBe("Amélie");
    expect(cleanText("\u200bComedian")).toBe("Comedian");
    expect(cleanText("Tom &amp; Jerry")).toBe("Tom &amp; Jerry");
  });
  test("cleaning text twice is cleaning it once", () => {
    const same = (text: string): void => {
      expect(cleanText(cleanText(text))).toBe(cleanText(text));
    };
    fc.assert(fc.property(fc.string({ unit: "binary" }), same), { seed: 1 });
  });
  test("role notes leave names, the name itself stays as written", () => {
    expect(cleanCredit("Mel Blanc (voice)")).toBe("Mel Blanc");
    expect(cleanCredit("O'Toole,  Peter")).toBe("O'Toole, Peter");
    expect(cleanCredit("(voice)")).toBe("(voice)");
  });
  test("a year in brackets ends a title, other brackets do not", () => {
    expect(splitTitleYear("Heat (1995)")).toEqual({ title: "Heat", year: 1995 });
    expect(splitTitleYear("(500) Days of Summer")).toBeNull();
    expect(splitTitleYear("1984")).toBeNull();
    expect(splitTitleYear("(1995)")).toBeNull();
    expect(splitTitleYear("Room (237)")).toBeNull();
  });
  test("numbers that are titles become text", () => expect(clean(field("title", "title"), 300)).toBe("300"));
  test("lists are trimmed and lose repeats, whether from a text or a list", () => {
    const genres = field("genres", "category", true);
    expect(clean(genres, ["comedy", " drama", "comedy", ""])).toEqual(["comedy", "drama"]);
    expect(clean(genres, "comedy| drama|comedy|")).toEqual(["comedy", "drama"]);
  });
  test("identifiers stay as they are", () =>
    expect(clean(field("isbn", "identifier"), "0 306  40615 2")).toBe("0 306  40615 2"));
  test("identifiers of a scheme are written one way, and stay as they are where they are not well formed", () => {
    expect(clean(field("isbn", "isbn"), "0-306-40615-2")).toBe("9780306406157");
    expect(clean(field("isbn", "isbn"), "0-306-40615-3")).toBe("0-306-40615-3");
    expect(clean(field("links", "imdb", true), ["http://www.imdb.com/title/tt0068646/", "tt68646"])).toEqual([
      "tt0068646",
    ]);
  });
  test("coordinates come in one column, in a list, or in two columns of which none may be missing", () => {
    const cleaner = fieldCleaner(field("place", "coordinates"), usualPlaceholders, newCleanCounts());
    expect(cleaner([["48.8584", "2.2945"]])).toBe("48.8584, 2.2945");
    expect(cleaner([48.8584, 2.2945])).toBe("48.8584,2.2945");
    expect(cleaner([48.8584, null])).toBeNull();
  });
  test("a name from several columns is joined, a list collected", () => {
    expect(fieldCleaner(field("name", "name"), [], newCleanCounts())(["Al", "Pacino"])).toBe("Al Pacino");
    expect(
      fieldCleaner(field("cast", "personList", true), [], newCleanCounts())(["Al Pacino", null, "Val Kilmer"]),
    ).toEqual(["Al Pacino", "Val Kilmer"]);
  });
});
