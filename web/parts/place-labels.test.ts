import fc from "fast-check";
import { expect, test } from "vitest";
import { labelBox, pictureSize, placeLabels, sharedArea } from "./place-labels.ts";

const label = fc.string({ unit: fc.constantFrom(..."abc deWm千年"), minLength: 1, maxLength: 18 });

test("labels around the middle stand within the picture, and beside each other", () => {
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 14 }), label, (labels, middle) => {
      const boxes = placeLabels(labels, middle).map((placed, place) =>
        labelBox(labels[place] as string, placed.labelX, placed.labelY),
      );
      for (const { left, right, top, bottom } of boxes) {
        expect(left).toBeGreaterThanOrEqual(0);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(right).toBeLessThanOrEqual(pictureSize);
        expect(bottom).toBeLessThanOrEqual(pictureSize);
      }
      const middleBox = labelBox(middle, pictureSize / 2, pictureSize / 2 + 30);
      const all = [...boxes, middleBox];
      all.forEach((box, place) => {
        for (const other of all.slice(place + 1)) expect(sharedArea(box, other)).toBe(0);
      });
    }),
    { seed: 31, numRuns: 2_000 },
  );
});

test("the longest labels that are drawn meet nowhere, however many there are", () => {
  const long = "Indiana Jones and the…";
  for (let count = 1; count <= 14; count++) {
    const boxes = placeLabels(
      Array.from({ length: count }, () => long),
      "Steven Spielberg",
    ).map(({ labelX, labelY }) => labelBox(long, labelX, labelY));
    boxes.forEach((box, place) => {
      for (const other of boxes.slice(place + 1)) expect([count, sharedArea(box, other)]).toEqual([count, 0]);
    });
  }
});
