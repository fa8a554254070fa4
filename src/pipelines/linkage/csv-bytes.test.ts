import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeUtf8 } from "../../columns/index.ts";
import { csvLine } from "./csv.ts";
import { CsvBytes } from "./csv-bytes.ts";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", "a", "é", "\ud83d\ude00"), maxLength: 6 }),
);

test("lines of bytes are those of text, whether a field comes whole, in parts or as UTF-8", () => {
  fc.assert(
    fc.property(fc.array(fc.array(text, { minLength: 1, maxLength: 5 }), { maxLength: 30 }), (lines) => {
      const csv = new CsvBytes();
      for (const fields of lines) {
        const utf8 = encodeUtf8(fields);
        fields.forEach((field, i) => {
          if (i > 0) csv.next();
          if (i % 3 === 0) csv.utf8(utf8, i);
          else if (i % 3 === 1) csv.text(field);
          else for (const part of field.split(/(?<=a)/)) csv.text(part);
        });
        csv.endLine();
      }
      expect(Buffer.from(csv.toBytes()).toString("utf8")).toBe(
        Buffer.from(lines.map(csvLine).join("")).toString("utf8"),
      );
    }),
    { numRuns: 300, seed: 7 },
  );
});

test("more lines than there was room for are all there", () => {
  const csv = new CsvBytes();
  for (let i = 0; i < 30_000; i++) {
    csv.text(`record "${i}"`);
    csv.endLine();
  }
  expect(Buffer.from(csv.toBytes()).toString("utf8")).toBe(
    Array.from({ length: 30_000 }, (_, i) => csvLine([`record "${i}"`])).join(""),
  );
});
