import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type Claim,
  cardinalityConflicts,
  checkClaim,
  defineOntology,
  filmOntology,
  parseOntology,
  readOntology,
} from "./index.ts";

const small = {
  name: "small",
  version: "1",
  entityTypes: [
    { name: "film", label: "Film", doc: "" },
    { name: "person", label: "Person", doc: "" },
  ],
  relationTypes: [
    { name: "directed", label: "directed", doc: "", domain: ["person"], range: ["film"], cardinality: "many" },
  ],
};

function claim(parts: Partial<Claim>): Claim {
  return {
    subject: { kind: "mention", entityType: "film", name: "Alien" },
    relation: "released_in",
    object: { kind: "literal", value: 1979 },
    rank: "normal",
    confidence: 1,
    provenance: [],
    ...parts,
  };
}

describe("an ontology declared in a typed file", () => {
  test("is checked by the compiler: a domain that names no entity type is an error", () => {
    const wrong = () =>
      defineOntology({
        name: "wrong",
        version: "1",
        entityTypes: [{ name: "film", label: "Film", doc: "" }],
        relationTypes: [
          // @ts-expect-error "person" is not declared
          { name: "directed", label: "", doc: "", domain: ["person"], range: ["film"], cardinality: "many" },
        ],
      });
    expect(wrong).toThrow('"person" is no entity type');
  });

  test("may not hold a type that is broader than itself", () => {
    const circle = () =>
      defineOntology({
        name: "circle",
        version: "1",
        entityTypes: [
          { name: "a", label: "A", doc: "", broader: "b" },
          { name: "b", label: "B", doc: "", broader: "a" },
        ],
        relationTypes: [],
      });
    expect(circle).toThrow('"a" is broader than itself');
  });
});

describe("an ontology from outside", () => {
  test("keeps what it says", () => expect(parseOntology(small)).toEqual(small));

  test("that is wrong in several places names each of them", () => {
    const wrong = {
      ...small,
      entityTypes: [...small.entityTypes, small.entityTypes[0]],
      relationTypes: [{ ...small.relationTypes[0], range: "colour" }],
    };
    expect(() => parseOntology(wrong, "o.yaml")).toThrow(
      expect.objectContaining({
        code: "config-invalid",
        message: expect.stringMatching(/^o\.yaml: .*relationTypes\.0\.range/),
      }),
    );
    expect(() => parseOntology({ ...wrong, relationTypes: [] })).toThrow(
      'entityTypes.2.name: "film" is declared twice',
    );
  });

  test("reads the same from YAML and from JSON, and a broken file is named", async () => {
    const folder = await mkdtemp(join(tmpdir(), "kindred-ontology-"));
    try {
      await writeFile(join(folder, "o.json"), JSON.stringify(small));
      await writeFile(
        join(folder, "o.yaml"),
        "name: small\nversion: '1'\nentityTypes: [{name: film, label: F, doc: ''}]\nrelationTypes: []\n",
      );
      await writeFile(join(folder, "broken.yaml"), "name: [small\n");
      expect(await readOntology(join(folder, "o.json"))).toEqual(small);
      expect((await readOntology(join(folder, "o.yaml"))).entityTypes[0]?.name).toBe("film");
      await expect(readOntology(join(folder, "broken.yaml"))).rejects.toMatchObject({ code: "config-invalid" });
      await expect(readOntology(join(folder, "none.yaml"))).rejects.toMatchObject({ code: "source-missing" });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("a claim", () => {
  const kinds = (parts: Partial<Claim>) => checkClaim(filmOntology, claim(parts)).map((problem) => problem.kind);

  test("that fits has no problems, also when its subject is of a broader type than the domain needs", () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ subject: { kind: "mention", entityType: "work", name: "Alien" } })).toEqual([]);
  });

  test("of an unknown relation or type, of the wrong domain or range, or with a malformed literal says which", () => {
    expect(kinds({ relation: "resembles" })).toEqual(["unknown-relation"]);
    expect(kinds({ subject: { kind: "mention", entityType: "robot", name: "Bishop" } })).toEqual(["unknown-type"]);
    expect(kinds({ subject: { kind: "mention", entityType: "person", name: "Ripley" } })).toEqual(["domain-violation"]);
    expect(kinds({ object: { kind: "mention", entityType: "film", name: "Aliens" } })).toEqual(["range-violation"]);
    expect(kinds({ relation: "sequel_of" })).toEqual(["range-violation"]);
    expect(kinds({ object: { kind: "literal", value: "1979" } })).toEqual(["literal-form"]);
    expect(kinds({ object: { kind: "literal", value: 20790 } })).toEqual(["literal-form"]);
  });

  test("on a record is checked where the record's type is known", () => {
    const subject = { kind: "record", source: "imdb", id: "1" } as const;
    expect(checkClaim(filmOntology, claim({ subject }))).toEqual([]);
    expect(checkClaim(filmOntology, claim({ subject }), () => "person")).toHaveLength(1);
  });
});

test("two first years for one film conflict, two directors do not, and a repeated year does not", () => {
  const directed = (name: string) =>
    claim({
      subject: { kind: "mention", entityType: "person", name },
      relation: "directed",
      object: claim({}).subject,
    });
  const claims = [
    claim({}),
    directed("Ridley Scott"),
    claim({ object: { kind: "literal", value: 1980 } }),
    directed("Somebody Else"),
    claim({ object: { kind: "literal", value: 1981 }, rank: "deprecated" }),
  ];
  expect(cardinalityConflicts(filmOntology, claims)).toEqual([
    { relation: "released_in", subject: claims[0]?.subject, claimIndices: [0, 2] },
  ]);
  expect(cardinalityConflicts(filmOntology, [claim({}), claim({})])).toEqual([]);
});
