import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DocumentProvenance, filmOntology } from "../ontology/index.ts";
import { byteOffsetsOf } from "./byte-offsets.ts";
import type { CandidateClaim } from "./extractor.ts";
import { readLiteral } from "./read-literal.ts";
import { makeVerifier } from "./verify-claim.ts";

const seed = 20261;

function verdictOn(text: string, parts: Partial<CandidateClaim>, bodyStart?: number) {
  const document = { id: "d", text, ...(bodyStart === undefined ? {} : { bodyStart }) };
  const candidate: CandidateClaim = {
    subject: { entityType: "film", surface: "Jaws" },
    relation: "based_on",
    object: { entityType: "book", surface: "Jaws" },
    quote: text,
    confidence: 1,
    ...parts,
  };
  const verdict = makeVerifier(document, filmOntology, { name: "test" })(candidate);
  return "claim" in verdict ? verdict.claim : verdict.reason;
}

describe("the verifier", () => {
  test("lets a film be based on a novel of its own name, but nothing on itself", () => {
    expect(verdictOn("*Jaws* is based on the novel Jaws.", {})).toMatchObject({ relation: "based_on" });
    expect(verdictOn("*Jaws* is based on Jaws.", { object: { entityType: "film", surface: "Jaws" } })).toBe(
      "subject-is-object",
    );
  });

  test("takes names only as whole words, in scripts that have words", () => {
    expect(verdictOn("Jawsome is a book.", {})).toBe("subject-not-in-quote");
    expect(
      verdictOn("映画七人の侍は名作", {
        subject: { entityType: "film", surface: "七人の侍" },
        relation: "about",
        object: { entityType: "subject", surface: "名作" },
      }),
    ).toMatchObject({
      subject: { name: "七人の侍" },
    });
  });

  test("takes It for a film only where it is marked as a title", () => {
    const it = {
      subject: { entityType: "film", surface: "It" },
      object: { entityType: "book", surface: "The Shining" },
    };
    expect(verdictOn("It is based on The Shining.", it)).toBe("not-a-name");
    expect(verdictOn("*It* is based on The Shining.", it)).toMatchObject({ subject: { name: "It" } });
  });

  test("never quotes front matter, nor half a character", () => {
    const text = "---\nJaws Jaws\n---\nThe prose. 🎬 end";
    expect(verdictOn(text, { quote: "Jaws Jaws" }, 18)).toBe("quote-not-found");
    expect(verdictOn(text, { quote: "\ud83c" })).toBe("quote-not-found");
    expect(verdictOn("a".repeat(1001), {})).toBe("quote-too-long");
  });

  test("makes a name of one line from a name of two, and reads values from the text itself", () => {
    expect(
      verdictOn("*Toy\n  Story* (1995) came out in 1995.", {
        subject: { entityType: "film", surface: "Toy\n  Story" },
        relation: "released_in",
        object: { surface: "1995" },
      }),
    ).toMatchObject({
      subject: { name: "Toy Story" },
      object: { kind: "literal", value: 1995 },
    });
  });
});

test("literals are read from how English writes them", () => {
  expect(readLiteral("date", "20 December 1974")).toBe("1974-12-20");
  expect(readLiteral("date", "December 3rd, 1974")).toBe("1974-12-03");
  expect(readLiteral("date", "last winter")).toBeUndefined();
  expect(readLiteral("number", "1,202.5")).toBe(1202.5);
  expect(readLiteral("number", "a hundred")).toBeUndefined();
  expect(readLiteral("year", "1974")).toBe(1974);
  expect(readLiteral("year", "in 1974")).toBeUndefined();
});

/** Text with characters of one to four bytes, blanks and line breaks. */
const anyText = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(" ", "\n", "é", "ß", "映", "🎬", "Jaws ", "x"),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
    ),
    maxLength: 400,
  })
  .filter((text) => text.isWellFormed());

test("byte offsets agree with encoding the text up to there, also across the remembered strides", () => {
  fc.assert(
    fc.property(anyText, fc.nat(60), fc.nat(), (piece, repeat, at) => {
      const text = piece.repeat(repeat);
      let index = text.length === 0 ? 0 : at % (text.length + 1);
      if (!text.slice(0, index).isWellFormed()) index++;
      expect(byteOffsetsOf(text)(index)).toBe(Buffer.byteLength(text.slice(0, index)));
    }),
    { seed, numRuns: 300 },
  );
});

test("every accepted claim's quote is, byte for byte, the document's slice at its offsets, whatever the document", () => {
  let accepted = 0;
  fc.assert(
    fc.property(anyText, anyText, fc.nat(), fc.nat(), fc.boolean(), (before, after, from, length, isExact) => {
      const text = `${before}"Jaws" is based on Jaws${after}`;
      const start = from % text.length;
      const quote = isExact ? text.slice(start, start + (length % 200)) : text.slice(Math.min(start, before.length));
      const claim = verdictOn(text, { quote: quote.slice(0, 1000), start: from % 2 === 0 ? start : 0 });
      if (typeof claim === "string") return;
      accepted++;
      const { startByte, endByte, quote: kept } = claim.provenance[0] as DocumentProvenance;
      expect(Buffer.from(text).subarray(startByte, endByte).equals(Buffer.from(kept))).toBe(true);
      expect(kept).toContain("Jaws");
    }),
    { seed, numRuns: 500 },
  );
  expect(accepted).toBeGreaterThan(50);
});
