/** A rectangle of a picture. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where a point and its label stand; the label is centred on `labelX`, with its foot on `labelY`. */
export interface PlacedLabel {
  readonly x: number;
  readonly y: number;
  readonly labelX: number;
  readonly labelY: number;
}

/** The side of the square picture, in its own units: those of a text of 12 px. */
export const pictureSize = 420;

const radius = 150;
const middle = pictureSize / 2;
const fontSize = 12;
/** How far from the middle a point may be: alternating, so that long labels beside each other do not meet. */
const rings = [1, 0.72, 0.88, 0.58, 0.8];

/**
 * Places points around the middle, which has a label of its own below it, each where its label covers least of the labels and
 * points that stand already.
 */
export function placeLabels(labels: readonly string[], middleLabel: string): PlacedLabel[] {
  const taken: Box[] = [pointBox(middle, middle, 12), labelBox(middleLabel, middle, middle + 30)];
  return labels.map((label, place) => {
    const angle = (place / labels.length) * 2 * Math.PI - Math.PI / 2;
    const [first, second, ...others] = rings;
    const ordered = place % 2 === 0 ? rings : [second, first, ...others];
    const best = leastCovering(
      ordered.flatMap((ring) => candidates(label, angle, radius * (ring as number))),
      label,
      taken,
    );
    taken.push(pointBox(best.x, best.y, 8), labelBox(label, best.labelX, best.labelY));
    return best;
  });
}

/** The room that a label takes. */
export function labelBox(label: string, x: number, foot: number): Box {
  const half = widthOf(label) / 2;
  return { left: x - half, right: x + half, top: foot - fontSize, bottom: foot + 4 };
}

/** How much two rectangles share. */
export function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return Math.max(0, width) * Math.max(0, height);
}

/** A point at an angle, with its label above or below it: away from the middle first. */
function candidates(label: string, angle: number, away: number): PlacedLabel[] {
  const [x, y] = [middle + away * Math.cos(angle), middle + away * Math.sin(angle)];
  const half = widthOf(label) / 2;
  const labelX = Math.max(half + 2, Math.min(pictureSize - half - 2, x));
  const feet = y < middle ? [y - 13, y + 22] : [y + 22, y - 13];
  return feet.map((labelY) => ({ x, y, labelX, labelY }));
}

function leastCovering(found: readonly PlacedLabel[], label: string, taken: readonly Box[]): PlacedLabel {
  const covered = ({ x, y, labelX, labelY }: PlacedLabel): number => {
    const own = [pointBox(x, y, 8), labelBox(label, labelX, labelY)];
    return own.reduce((sum, box) => sum + taken.reduce((area, other) => area + sharedArea(box, other), 0), 0);
  };
  const areas = found.map(covered);
  return found[areas.indexOf(Math.min(...areas))] as PlacedLabel;
}

function pointBox(x: number, y: number, half: number): Box {
  return { left: x - half, right: x + half, top: y - half, bottom: y + half };
}

/** Letters of Chinese, Japanese and Korean are square; of others as wide as they are in most. */
function widthOf(label: string): number {
  return [...label].reduce((sum, letter) => sum + (letter >= "\u2e80" ? fontSize : 0.56 * fontSize), 0);
}
