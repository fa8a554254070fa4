import { expect, test } from "vitest";
import { changeWords, heldWords } from "./figure-words.ts";

const linkage = { files: 80, bytes: 839_041, filesNew: 80, records: 660, recordsNew: 6, recordsLost: 0, matches: 260 };

test("what a version holds is told in records and rows, and in files where nothing of it was counted", () => {
  expect(heldWords({ ...linkage, entities: 400 })).toBe("660 records, 260 matches, 400 entities");
  expect(heldWords({ files: 1, bytes: 14, rows: 1_203 })).toBe("1,203 rows");
  expect(heldWords({ files: 3, bytes: 2e9 })).toBe("3 files");
  expect(heldWords({})).toBe("");
});

test("a change is told in what a data set is made of, and of a linkage its files are not", () => {
  const figures = {
    ...linkage,
    matchesNew: 6,
    matchesLost: 1,
    entitiesMerged: 2,
    entitiesSplit: 0,
    entitiesMoved: null,
  };
  expect(changeWords(figures)).toEqual([
    { what: "matches", words: "6 new, 1 lost" },
    { what: "entities", words: "2 merged, 0 split" },
    { what: "records", words: "6 new, 0 lost" },
  ]);
  expect(changeWords({ rows: 3, rowsNew: 1, rowsLost: 0, filesNew: 0, filesLost: 0, filesChanged: 1 })).toEqual([
    { what: "rows", words: "1 new, 0 lost" },
    { what: "files", words: "0 new, 0 lost, 1 changed" },
  ]);
});
