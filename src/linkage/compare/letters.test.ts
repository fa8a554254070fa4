import { expect, test } from "vitest";
import { lowerLetters } from "./letters.ts";

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
