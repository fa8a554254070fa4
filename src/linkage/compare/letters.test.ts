import { expect, test } from "vitest";
import { lowerLetters, lowerUtf8 } from "./letters.ts";

test("each letter becomes its lower case alone, whatever stands around it", () => {
  expect(lowerLetters("İstanbul Kırmızısı")).toBe("istanbul kırmızısı");
  expect(lowerLetters("ΟΔΟΣ ΣΟΦΙΑΣ")).toBe("οδοσ σοφιασ");
  expect(lowerLetters("АННА Ärger ẞ 東京 𐐀")).toBe("анна ärger ß 東京 𐐨");
});

test("no letter becomes two, or none", () => {
  for (let point = 0; point < 0x110000; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const letter = String.fromCodePoint(point);
    const lower = lowerLetters(letter);
    if ([...lower].length !== 1) expect(`${point.toString(16)} ${lower}`).toBe(letter);
  }
});

test("lower case of bytes is that of the text, for every letter there is", () => {
  const out = new Uint8Array(64);
  let left = 0;
  for (let point = 0; point <= 0x10ffff; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const letter = String.fromCodePoint(point);
    const bytes = Buffer.from(`(A${letter}Z)`);
    const length = lowerUtf8(bytes, 1, bytes.length - 1, out);
    if (length < 0) left++;
    else if (Buffer.from(out.subarray(0, length)).toString() !== lowerLetters(`A${letter}Z`))
      throw new Error(`differs at ${point.toString(16)}`);
  }
  // What is left to the text itself are rare letters; common ones take the short way.
  expect(left).toBeGreaterThan(0);
  expect(lowerUtf8(Buffer.from("ΜΑΪΟΥ Тарковский 東京物語 İ"), 0, 44, out)).toBeGreaterThan(0);
});
