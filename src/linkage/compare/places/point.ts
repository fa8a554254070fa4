/** A place on the earth, in degrees north and east. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

const charactersMax = 80;
const earthRadiusKm = 6371.0088;
const degrees = Math.PI / 180;
const pair =
  /^(?:POINT ?)?[([]?\s*(-?\d+(?:\.\d+)?)\s*°?\s*([NS])?\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*°?\s*([EW])?\s*[)\]]?$/i;

/**
 * The place that "48.8584,2.2945", "48.8584° N, 2.2945° E", "[48.8584, 2.2945]" or "POINT(2.2945 48.8584)" says; null for
 * anything else, for what is not on the earth, and for 0,0, which stands for a place that is not known.
 */
export function pointOf(text: string): Point | null {
  const parts = text.length > charactersMax ? null : pair.exec(text.trim());
  if (parts === null) return null;
  const first = Number(parts[1]) * (parts[2]?.toUpperCase() === "S" ? -1 : 1);
  const second = Number(parts[3]) * (parts[4]?.toUpperCase() === "W" ? -1 : 1);
  // Well-known text names the longitude first.
  const [latitude, longitude] = /^point/i.test(text.trim()) ? [second, first] : [first, second];
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180 || (latitude === 0 && longitude === 0)) return null;
  return { latitude, longitude };
}

/** The great-circle distance: R. W. Sinnott, "Virtues of the Haversine", 1984. */
export function distanceKm(a: Point, b: Point): number {
  const north = Math.sin(((b.latitude - a.latitude) * degrees) / 2);
  const east = Math.sin(((b.longitude - a.longitude) * degrees) / 2);
  const part = north * north + Math.cos(a.latitude * degrees) * Math.cos(b.latitude * degrees) * east * east;
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(part)));
}
