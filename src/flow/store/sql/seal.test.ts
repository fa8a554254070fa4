import fc from "fast-check";
import { expect, test } from "vitest";
import type { StoredArtifact } from "../../run-record.ts";
import { sealedArtifact, sealedCode, unsealedArtifact, unsealedCode } from "./seal.ts";

const artifacts: readonly StoredArtifact[] = [
  { inline: '{"film":"Amélie","year":2001}' },
  { blob: "ab".repeat(32), byteCount: 70_000 },
  { blob: "cd".repeat(32), byteCount: 3, name: "films.csv" },
];

test("an artifact comes back from its column as it was, and from no other place", () => {
  for (const artifact of artifacts) {
    const column = sealedArtifact("2/17", artifact);
    expect(unsealedArtifact("2/17", column)).toEqual(artifact);
    expect(sealedArtifact("2/17", unsealedArtifact("2/17", column))).toBe(column);
    expect(() => unsealedArtifact("2/18", column)).toThrow("not what was written");
  }
});

test("bytes of a column that changed are never read as another artifact", () => {
  const change = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }), which: fc.nat(2) });
  fc.assert(
    fc.property(change, ({ at, byte, which }) => {
      const artifact = artifacts[which] as StoredArtifact;
      const bytes = Buffer.from(sealedArtifact("2/17", artifact));
      const place = at % bytes.length;
      if (bytes[place] === byte) return;
      bytes[place] = byte;
      let read: StoredArtifact | null = null;
      try {
        read = unsealedArtifact("2/17", bytes.toString());
      } catch (error) {
        expect(error).toMatchObject({ code: "artifact-damaged" });
      }
      if (read !== null) expect(read).toEqual(artifact);
    }),
    { seed: 20261126, numRuns: 2_000 },
  );
});

test("a column of an earlier version, which has no seal, is read as it is", () => {
  expect(unsealedArtifact("2/17", '{"inline":"5"}')).toEqual({ inline: "5" });
  expect(unsealedCode('{"codeVersion":"1"}', "{}", "{}")).toEqual({ codeVersion: "1" });
});

test("the code of a run seals its params and its graph", () => {
  const column = sealedCode({ codeVersion: "1" }, '{"shards":12}', '{"steps":[]}');
  expect(unsealedCode(column, '{"shards":12}', '{"steps":[]}')).toEqual({ codeVersion: "1" });
  expect(() => unsealedCode(column, '{"shards":13}', '{"steps":[]}')).toThrow("not what was written");
  expect(() => unsealedCode(column, '{"shards":12}', '{"steps":[1]}')).toThrow("not what was written");
});
