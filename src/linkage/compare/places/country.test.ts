import { describe, expect, test } from "vitest";
import { compared } from "../../fixtures/compared.ts";
import { countryOf } from "./countries.ts";

const same = "same countries";

describe("a country", () => {
  test.each([
    ["US", "USA", "840", "U.S.A.", "U.S.", "United States", "United States of America", "the united states", "us"],
    ["GB", "GBR", "826", "UK", "U.K.", "United Kingdom", "Great Britain", "The United Kingdom", "England"],
    ["KR", "KOR", "410", "South Korea", "Korea", "Republic of Korea", "Korea, Republic of"],
    ["CI", "CIV", "384", "Côte d'Ivoire", "Cote d’Ivoire", "Ivory Coast"],
    ["VC", "VCT", "670", "St. Vincent & Grenadines", "Saint Vincent and the Grenadines"],
    ["AL", "ALB", "008", "8", "Albania"],
    ["SU", "USSR", "U.S.S.R.", "Soviet Union"],
  ])("%s is one under all its codes and names", (...names) => {
    expect(names.map((name) => countryOf(name)?.code)).toEqual(names.map(() => names[0]));
  });

  test("that is not known is compared by its name", () => {
    expect(compared("country", "Atlantis", "ATLANTIS")).toBe(same);
    expect(compared("country", "Atlantis", "Narnia")).toBe("no country in common");
  });

  test("that is no more is related to those that it became", () => {
    const became = "a country that the other one's became";
    expect(compared("country", "West Germany", "Germany")).toBe(became);
    expect(compared("country", "Ukraine", "USSR")).toBe(became);
    expect(compared("country", "West Germany", "France")).toBe("no country in common");
  });
});

test("countries of a co-production are compared one by one, as a list or in one text", () => {
  expect(compared("country", ["USA", "UK"], ["United Kingdom", "United States"])).toBe(same);
  expect(compared("country", "USA, UK", "GB|US")).toBe(same);
  expect(compared("country", "Taiwan, Province of China", "TW")).toBe(same);
  expect(compared("country", ["France"], ["France", "Germany", "Italy"])).toBe("half of the countries in common");
  expect(compared("country", ["France", "Spain", "Malta"], ["France", "Germany", "Italy"])).toBe(
    "some countries in common",
  );
});
