import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Claim, type DocumentProvenance, filmOntology, type Ontology } from "../../ontology/index.ts";
import { extractClaims, type Gazetteer, makeGazetteer, readDocuments, ruleExtractor, writeClaims } from "../index.ts";
import { proseBlocks } from "./blocks.ts";
import { splitSentences } from "./sentences.ts";

function side(part: Claim["subject"] | Claim["object"]): string {
  if (part.kind === "literal") return String(part.value);
  return part.kind === "mention" ? `${part.name}${part.year === undefined ? "" : ` (${part.year})`}` : part.id;
}

async function read(text: string, gazetteer?: Gazetteer, ontology: Ontology = filmOntology) {
  const documents = [{ id: "d", text }];
  const extractor = ruleExtractor();
  return extractClaims({ documents, ontology, extractor, ...(gazetteer === undefined ? {} : { gazetteer }) });
}

async function said(text: string, gazetteer?: Gazetteer): Promise<string[]> {
  const { claims } = await read(text, gazetteer);
  return claims.map(({ subject, relation, object }) => `${side(subject)} ${relation} ${side(object)}`).sort();
}

describe("sentences", () => {
  const split = (text: string) =>
    proseBlocks(text, 0).flatMap((block) =>
      splitSentences(text, block, []).map(({ start, end }) => text.slice(start, end)),
    );

  test.each([
    [
      "Dr. No met Mr. J. R. R. Tolkien vs. Kong. Then he left.",
      ["Dr. No met Mr. J. R. R. Tolkien vs. Kong.", "Then he left."],
    ],
    ["He moved to the U.S. The film was made there.", ["He moved to the U.S.", "The film was made there."]],
    ["An F.B.I. Agent waits... Nobody comes!", ["An F.B.I. Agent waits...", "Nobody comes!"]],
    ["He said “no.” She left.", ["He said “no.”", "She left."]],
    ["# Heading\nOne line\nwraps. Two.\n\n- a point. Here", ["One line\nwraps.", "Two.", "- a point.", "Here"]],
  ])("%j", (text, sentences) => {
    expect(split(text)).toEqual(sentences);
  });
});

describe("what a sentence says becomes a claim:", () => {
  test.each([
    ["“Rocky II” (1979) was the sequel to “Rocky”.", ["Rocky II (1979) sequel_of Rocky"]],
    ["*Rocky II* is the sequel to the 1976 film *Rocky*.", ["Rocky II sequel_of Rocky (1976)"]],
    ["_Rocky_ was followed by a sequel, _Rocky II_.", ["Rocky II sequel_of Rocky"]],
    ["*Rocky III*, the follow-up to *Rocky II*, came later.", ["Rocky III sequel_of Rocky II"]],
    ["*Carrie* is based on Stephen King's novel *Carrie*.", ["Carrie based_on Carrie", "Stephen King wrote Carrie"]],
    [
      "Based on the novel *Emma* by Jane Austen, *Clueless* is about matchmaking.",
      ["Clueless about matchmaking", "Clueless based_on Emma", "Jane Austen wrote Emma"],
    ],
    [
      "*Heat* (1995) stars Al Pacino as the detective, Robert De Niro (the thief) and Val Kilmer.",
      ["Al Pacino acted_in Heat (1995)", "Robert De Niro acted_in Heat (1995)", "Val Kilmer acted_in Heat (1995)"],
    ],
    [
      "Winter Light is a 1963 Swedish drama film written and directed by Ingmar Bergman.",
      [
        "Ingmar Bergman directed Winter Light",
        "Ingmar Bergman wrote Winter Light",
        "Winter Light has_genre drama",
        "Winter Light released_in 1963",
      ],
    ],
    [
      "*Ran* was released on 1 June 1985. It was directed by Akira Kurosawa.",
      ["Akira Kurosawa directed Ran", "Ran released_in 1985"],
    ],
    ["*Amélie* is a romantic comedy from France.", ["Amélie has_genre romantic comedy"]],
    [
      "*Cinema Paradiso* is a film from Italy about love and memory.",
      ["Cinema Paradiso about love", "Cinema Paradiso about memory", "Cinema Paradiso from_country Italy"],
    ],
    [
      "“Moonage Daydream” is a film about the musician David Bowie made in one go.",
      ["Moonage Daydream about David Bowie"],
    ],
    [
      "*Down to You* stars Freddie Prinze Jr. and Julia Stiles.",
      ["Freddie Prinze Jr. acted_in Down to You", "Julia Stiles acted_in Down to You"],
    ],
    [
      "Agnès Varda (born 30 May 1928) directed *Vagabond*.",
      ["Agnès Varda born_in 1928", "Agnès Varda directed Vagabond"],
    ],
  ])("%s", async (text, expected) => {
    expect(await said(text)).toEqual(expected);
  });
});

describe("what a sentence does not assert becomes none:", () => {
  test.each([
    ["*Scarface* (1983) is not a sequel to *Scarface* (1932).", "negated"],
    ["*Prometheus* was once planned as a sequel to *Alien*.", "hypothetical"],
    ["It would have been a sequel to *Alien*, and *Aliens* was never the sequel to *Jaws*.", "hypothetical"],
    ["Is *Aliens* the sequel to *Alien*?", "hypothetical"],
    ["Some critics claimed that *Drive* is based on *Shane*.", "hypothetical"],
    ["The sequel to *Alien* is based on *Shane*.", "subject-unresolved"],
    ["*Jaws* and *Alien* opened. It is about a shark.", "subject-unresolved"],
    ["Fans of *Jaws* queued. It is about patience.", "subject-unresolved"],
  ])("%s", async (text, reason) => {
    const { claims, rejected } = await read(text);
    expect(claims).toEqual([]);
    expect(rejected.map((part) => part.reason)).toContain(reason);
  });

  test.each([
    "The film is about two hours long.",
    "*Jaws* deals with it.",
    "The film director John Ford was born in a hurry.",
    "“Stop it,” he said, and the film follows “a man on a mission”.",
    "*Jaws* was directed by Universal Pictures.",
  ])("%s (nor does it look like one)", async (text) => {
    expect(await said(text)).toEqual([]);
  });
});

describe("a gazetteer", () => {
  const gazetteer = makeGazetteer([
    { name: "The Godfather", entityType: "film", year: 1972 },
    { name: "The Godfather: Part II", entityType: "film", year: 1974 },
    { name: "Up", entityType: "film", year: 2009 },
  ]);

  test("finds unmarked titles, the longest first, and gives them their type", async () => {
    const { claims } = await read(
      "Everyone knows that The Godfather: Part II is the sequel to The\nGodfather.",
      gazetteer,
    );
    expect(claims.map(({ subject, object }) => [subject, object])).toEqual([
      [
        { kind: "mention", entityType: "film", name: "The Godfather: Part II" },
        { kind: "mention", entityType: "film", name: "The Godfather" },
      ],
    ]);
  });

  test("does not cut a title short that it does not know", async () => {
    expect(await said("The Godfather Returns is about a family.", gazetteer)).toEqual([]);
  });

  test("does not take a common word for a title", async () => {
    expect(await said("Up is about a balloon.", gazetteer)).toEqual([]);
    expect(await said("Up (2009) is about a balloon.", gazetteer)).toEqual(["Up (2009) about balloon"]);
  });
});

test("relations that the ontology lacks are not looked for", async () => {
  const ontology = {
    ...filmOntology,
    relationTypes: filmOntology.relationTypes.filter(({ name }) => name === "about"),
  };
  const { claims, rejected } = await read(
    "*Jaws* was directed by Steven Spielberg and is about a shark.",
    undefined,
    ontology,
  );
  expect(claims.map(({ relation }) => relation)).toEqual(["about"]);
  expect(rejected).toEqual([]);
});

test("two different years for one film are flagged as a conflict and both kept", async () => {
  const { claims, conflicts } = await read("*Ran* was released in 1985.\n\n*Ran* was released in 1986.");
  expect(claims).toHaveLength(2);
  expect(conflicts).toMatchObject([{ relation: "released_in", claimIndices: [0, 1] }]);
});

test("every quote of every claim is the document's own bytes, also in documents of random pieces", async () => {
  const pieces = [
    "*Älien* (1979)",
    '"Toy\nStory"',
    " is the sequel to ",
    " stars ",
    "Åsa Öberg",
    " and ",
    "映画",
    "🎬 ",
    ". ",
    "It ",
    "is about ",
    "grief",
    ".\n\n",
    "is based on the novel ",
    "“Amélie” stars Åsa Öberg and Élodie Bouchez. ",
    "_Ōkami_ is about grief. ",
  ];
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { minLength: 3, maxLength: 40 }), async (parts) => {
      const text = parts.join("");
      const { claims, errors } = await read(text);
      expect(errors).toEqual([]);
      for (const { provenance } of claims) {
        const { startByte, endByte, quote } = provenance[0] as DocumentProvenance;
        expect(Buffer.from(text).subarray(startByte, endByte).toString("utf8")).toBe(quote);
        accepted++;
      }
    }),
    { seed: 20262, numRuns: 300 },
  );
  expect(accepted).toBeGreaterThan(20);
});

describe("the demo's texts", () => {
  const folder = join(import.meta.dirname, "../../../demo/texts");

  test("give sequels, models and subjects that are true, and no others of these", async () => {
    const documents = await readDocuments([folder]);
    const { claims } = await extractClaims({ documents, ontology: filmOntology, extractor: ruleExtractor() });
    const wanted = new Set(["sequel_of", "based_on", "about"]);
    const lines = claims
      .filter(({ relation }) => wanted.has(relation))
      .map(({ subject, relation, object }) => `${side(subject)} | ${relation} | ${side(object)}`);
    expect(lines.sort().join("\n")).toMatchInlineSnapshot(`
      "Aliens (1986) | sequel_of | Alien (1979)
      E.T. the Extra-Terrestrial (1982) | about | lonely boy
      Hannibal (2001) | sequel_of | The Silence of the Lambs (1991)
      Inception (2010) | about | dreams
      Jaws (1975) | based_on | Jaws
      Jurassic Park (1993) | based_on | Jurassic Park
      The Dark Knight (2008) | sequel_of | Batman Begins (2005)
      The Godfather (1972) | about | Corleone family
      The Godfather (1972) | based_on | The Godfather
      The Godfather: Part II (1974) | sequel_of | The Godfather (1972)
      The Lord of the Rings: The Fellowship of the Ring (2001) | based_on | The Fellowship of the Ring
      The Lord of the Rings: The Two Towers (2002) | sequel_of | The Lord of the Rings: The Fellowship of the Ring (2001)
      The Prestige (2006) | about | rivalry between two stage magicians
      The Prestige (2006) | based_on | The Prestige
      The Silence of the Lambs (1991) | about | F.B.I. trainee
      The Silence of the Lambs (1991) | based_on | The Silence of the Lambs
      Toy Story 2 (1999) | sequel_of | Toy Story
      Toy Story 3 (2010) | sequel_of | Toy Story 2 (1999)"
    `);
  });

  test("are all marked as written for the demo", async () => {
    for (const file of await readdir(folder)) {
      expect(await readFile(join(folder, file), "utf8")).toContain("Written for the Kindred demo.");
    }
  });

  test("are written out as the same bytes each time, rejects beside them, and the claims' offsets point into the files", async () => {
    const out = await mkdtemp(join(tmpdir(), "kindred-claims-"));
    try {
      const written: string[] = [];
      for (const name of ["a.jsonl", "b.jsonl"]) {
        const documents = await readDocuments([folder]);
        const result = await extractClaims({ documents, ontology: filmOntology, extractor: ruleExtractor() });
        const files = await writeClaims(join(out, name), result);
        written.push((await readFile(files.claims, "utf8")) + (await readFile(files.rejected, "utf8")));
      }
      expect(written[0]).toBe(written[1]);
      expect((await readdir(out)).sort()).toEqual([
        "a.jsonl",
        "a.jsonl.rejected.jsonl",
        "b.jsonl",
        "b.jsonl.rejected.jsonl",
      ]);
      for (const line of (await readFile(join(out, "a.jsonl"), "utf8")).trim().split("\n")) {
        const { document, startByte, endByte, quote } = (JSON.parse(line) as Claim).provenance[0] as DocumentProvenance;
        expect((await readFile(document)).subarray(startByte, endByte).toString("utf8")).toBe(quote);
      }
    } finally {
      await rm(out, { recursive: true });
    }
  });
});
