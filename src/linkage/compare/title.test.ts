import { describe, expect, test } from "vitest";
import { compared } from "../fixtures/compared.ts";

const unique = "equal, and no source has it twice";
const article = "equal but for the article";
const conflict = "same words, but another number or subtitle";
const subtitle = "equal but for a subtitle";
const alternative = "equal to an alternative title";

type Case = readonly [left: string, right: string, level: string];

const groups: Readonly<Record<string, readonly Case[]>> = {
  "with articles in front, behind or nowhere": [
    ["The Shawshank Redemption", "Shawshank Redemption, The", unique],
    ["The Godfather", "Godfather", article],
    ["Les Misérables", "Misérables, Les", unique],
    ["Matrix, The: Reloaded", "The Matrix: Reloaded", unique],
    ["A Star Is Born", "The Star Is Born", article],
  ],
  "in another spelling": [
    ["AMÉLIE", "Amelie", unique],
    ["Fast & Furious", "Fast and Furious", unique],
    ["WALL·E", "WALL-E", unique],
    ["Doctor Strange", "Dr. Strange", unique],
    ["Schindler's List", "Shindler's List", "nearly the same spelling"],
    ["Der Baader Meinhof Komplex", "Der Baader Meinhof Complex", "nearly the same spelling"],
  ],
  "in other scripts": [
    ["Город", "ГОРОД", unique],
    ["千と千尋の神隠し", "千と千尋の神隠し ", unique],
    ["七人の侍", "乱", "different titles"],
    ["Сталкер", "Stalker", unique],
    ["Солярис", "Solaris", "nearly the same spelling"],
    ["Броненосец Потёмкин", "Bronenosets Potemkin", "nearly the same spelling"],
    ["Ζορμπάς", "Zorbas", unique],
    ["Иди и смотри", "Idi i smotri", unique],
    ["Брат 2", "Brat", conflict],
    ["Ирония судьбы", "Come and See", "different titles"],
  ],
  "with numbers in figures, words or Roman": [
    ["Rocky II", "Rocky 2", unique],
    ["Seven", "7", unique],
    ["Kill Bill: Vol. 1", "Kill Bill: Volume 1", unique],
    ["The Godfather: Part II", "The Godfather Part 2", unique],
    ["Knives Out", "Knives Out 2", conflict],
    ["Rocky II", "Rocky III", conflict],
    ["21 Jump Street", "22 Jump Street", conflict],
    ["Malcolm X", "Malcolm", conflict],
  ],
  "with subtitles": [
    ["Birdman", "Birdman: Or (The Unexpected Virtue of Ignorance)", subtitle],
    ["Borat", "Borat - Cultural Learnings of America", subtitle],
    ["Mission: Impossible - Fallout", "Mission: Impossible - Rogue Nation", conflict],
    ["Alien: Covenant", "Alien: Resurrection", conflict],
    [
      "Star Wars: Episode V - The Empire Strikes Back",
      "Star Wars: The Empire Strikes Back",
      "equal but for a part number beside the same subtitle",
    ],
  ],
  "with more in brackets": [
    ["Seven Samurai", "Shichinin no samurai (Seven Samurai)", alternative],
    ["City of God", "Cidade de Deus (a.k.a. City of God)", alternative],
    ["Mad Max 2: The Road Warrior", "Road Warrior, The (Mad Max 2)", alternative],
    ["Heat (1995)", "Heat", unique],
    ["Blade Runner [Director's Cut]", "Blade Runner", unique],
    ["Nymphomaniac (Volume II)", "Nymphomaniac: Vol. II", unique],
  ],
  "that are other films": [
    ["The Godfather", "The Exorcist", "different titles"],
    ["Get Carter", "Agent Carter", "similar titles"],
    ["Toy Story", "Toy Story That Time Forgot", "one title contains the other"],
  ],
};

describe.each(Object.entries(groups))("titles %s", (_group, cases) => {
  test.for(cases)("“%s” and “%s” are %s", ([left, right, level]) => {
    expect(compared("title", left, right)).toBe(level);
  });
});

describe("a title", () => {
  test("that is common weighs less: there are many films called Mother", () => {
    expect([1, 2, 4, 9].map((count) => compared("title", "Mother", "Mother", count))).toEqual([
      unique,
      "equal; a source has two of it",
      "equal; a source has three to five of it",
      "equal; a source has more than five of it",
    ]);
  });

  test("that is missing, or of nothing but signs, is no evidence", () => {
    expect([compared("title", null, "Psycho"), compared("title", "???", "Psycho")]).toEqual(["null", "null"]);
  });
});
