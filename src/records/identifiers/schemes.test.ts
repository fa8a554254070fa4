import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { identifierSchemeNames } from "./scheme.ts";
import { identifierSchemes } from "./schemes.ts";

const { isbn, issn, gtin, eidr, orcid, imdb } = identifierSchemes;

const same: Readonly<Record<string, readonly [canonical: string, ...written: string[]]>> = {
  isbn: [
    "9780306406157",
    "0-306-40615-2",
    "0306406152",
    "306406152",
    "ISBN 0-306-40615-2",
    "ISBN-13: 978-0-306-40615-7",
    "urn:isbn:9780306406157",
    "978 0 306 40615 7",
    "9780306406157.0",
    "978–0–306–40615–7",
  ],
  issn: [
    "0378-5955",
    "03785955",
    "ISSN 0378-5955",
    "urn:issn:0378-5955",
    "9770378595002",
    "https://portal.issn.org/resource/ISSN/0378-5955",
  ],
  gtin: [
    "00036000291452",
    "036000291452",
    "0036000291452",
    "36000291452",
    "UPC: 0 36000 29145 2",
    "EAN-13: 0036000291452",
  ],
  eidr: [
    "10.5240/7791-8534-2C23-9030-8610-5",
    "10.5240/7791-8534-2c23-9030-8610-5",
    "https://doi.org/10.5240/7791-8534-2C23-9030-8610-5",
    "urn:eidr:10.5240:7791-8534-2C23-9030-8610-5",
    "doi:10.5240/779185342C23903086105",
  ],
  orcid: [
    "0000-0002-1825-0097",
    "https://orcid.org/0000-0002-1825-0097",
    "0000000218250097",
    "ISNI 0000 0002 1825 0097",
  ],
  imdb: [
    "tt0499549",
    "TT0499549",
    "tt499549",
    "tt00499549",
    "0499549",
    "https://www.imdb.com/title/tt0499549/?ref_=fn_al_tt_1",
    "http://m.imdb.com/de/title/tt0499549",
  ],
};

describe.each(identifierSchemeNames)("%s", (name) => {
  const scheme = identifierSchemes[name];
  const [canonical, ...written] = same[name] as (typeof same)[string];

  test.each(written)("“%s” is written in one way", (text) => {
    expect(scheme.canonical(text)).toBe(canonical);
    expect(scheme.canonical(canonical)).toBe(canonical);
  });

  test("is not found in anything else", () => {
    for (const text of ["", "x", "unknown", "2019-12-31", "(030) 123 45", "0".repeat(14), "9".repeat(100_000)])
      expect(scheme.canonical(text), text).toBe(null);
  });

  test("never throws, and its one way to write stays as it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9X-]{8,17}$/)), (text) => {
        const once = scheme.canonical(text);
        if (once !== null) expect(scheme.canonical(once)).toBe(once);
      }),
      { seed: 31, numRuns: 1_000 },
    );
  });
});

test.each([isbn, issn, gtin, eidr, orcid])("a single wrong sign of an $label is noticed", (scheme) => {
  const canonical = (same[scheme.name] as readonly string[])[0] as string;
  const from = scheme === eidr ? "10.5240/".length : scheme === isbn ? 3 : 0;
  for (let at = from; at < canonical.length; at++) {
    if (canonical[at] === "-") continue;
    for (const digit of "0123456789") {
      const changed = canonical.slice(0, at) + digit + canonical.slice(at + 1);
      if (changed !== canonical) expect(scheme.canonical(changed), changed).toBe(null);
    }
  }
});

test("ISBN-10 with an X, people and companies of IMDb, and numbers of another kind are told apart", () => {
  expect(isbn.canonical("0-8044-2957-X")).toBe("9780804429573");
  expect(imdb.canonical("nm0000116")).toBe("nm0000116");
  expect(isbn.canonical("0036000291452")).toBe(null);
  expect(gtin.canonical("9780306406157")).toBe("09780306406157");
});
