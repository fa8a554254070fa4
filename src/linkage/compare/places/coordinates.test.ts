import { expect, test } from "vitest";
import { compared, comparedLevel } from "../../fixtures/compared.ts";
import { distanceKm, pointOf } from "./point.ts";

const eiffelTower = "48.8584,2.2945";

test("a place is one however it is written", () => {
  const point = { latitude: 48.8584, longitude: 2.2945 };
  for (const text of [
    eiffelTower,
    "[48.8584, 2.2945]",
    "48.8584° N, 2.2945° E",
    "48.8584; 2.2945",
    "POINT(2.2945 48.8584)",
  ])
    expect(pointOf(text), text).toEqual(point);
  expect(pointOf("33.8568° S, 151.2153° E")).toEqual({ latitude: -33.8568, longitude: 151.2153 });
});

test("what is no place on the earth says nothing, nor does 0,0, which stands for a place that is not known", () => {
  for (const text of ["", "Paris", "48.85", "91,0", "10,181", "0,0", "1,2,3"]) expect(pointOf(text), text).toBe(null);
  expect(compared("coordinates", "0,0", eiffelTower)).toBe("null");
});

test("distances are those along the earth", () => {
  const distance = (a: string, b: string): number => distanceKm(pointOf(a) as never, pointOf(b) as never);
  expect(distance("51.5074,-0.1278", "48.8566,2.3522")).toBeCloseTo(343.6, 0);
  expect(distance("0,179.9", "0,-179.9")).toBeCloseTo(22.24, 1);
  expect(distance("90,0", "-90,0")).toBeCloseTo(20015.1, 0);
});

test("places count by how far they are apart, by the usual thresholds or by those of the settings", () => {
  expect(compared("coordinates", eiffelTower, "48.8583,2.2944")).toBe("at most 0.1 km apart");
  expect(compared("coordinates", eiffelTower, "48.8606,2.3376")).toBe("at most 10 km apart");
  expect(compared("coordinates", eiffelTower, "40.6892,-74.0445")).toBe("further apart");
  const settings = { field: "x", kind: "coordinates", thresholds: [5] };
  expect(comparedLevel(settings, eiffelTower, "48.8606,2.3376")).toBe(2);
});
