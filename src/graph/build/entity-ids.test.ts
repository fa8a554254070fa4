import { describe, expect, test } from "vitest";
import { sha256 } from "../../base/index.ts";
import { shortHashIds } from "./entity-ids.ts";

describe("shortHashIds", () => {
  const zeros = `film:${"0".repeat(64)}`;
  const late = `film:${"0".repeat(12)}${"1".repeat(52)}`;
  const other = `film:${sha256("x")}`;

  test("hashes that begin alike get longer ids, all of them, whoever came first; others stay short", () => {
    const [a, b, c] = shortHashIds([zeros, late, other]);
    expect([a, b]).toEqual([`film:${"0".repeat(16)}`, `film:${"0".repeat(12)}1111`]);
    expect(c).toBe(other.slice(0, 15));
    expect(shortHashIds([late, other, zeros])).toEqual([b, c, a]);
  });

  test("one hash in two types is two ids and needs no more digits", () => {
    expect(shortHashIds([zeros, zeros.replace("film", "book")])).toEqual(["film:0000000000", "book:0000000000"]);
  });

  test("what needs no hash is passed over", () => {
    expect(shortHashIds([undefined, zeros])).toEqual([undefined, "film:0000000000"]);
  });
});
