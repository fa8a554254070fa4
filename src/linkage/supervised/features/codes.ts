const codeLengthMin = 3;
const codesMax = 64;
const digitsMax = 40;

/** What tells one variant of a thing from another: codes, numbers and quantities of a text. */
export interface Signs {
  /** Signs of letters and digits, or of four digits and more, without punctuation: `mdr-nc500d` is `mdrnc500d`. */
  readonly codes: readonly string[];
  /** Numbers as written, without zeros at their ends. */
  readonly numbers: readonly string[];
  /** Numbers by unit, `gb` -> `512`. */
  readonly quantities: ReadonlyMap<string, readonly string[]>;
  /** All letters and digits, without anything between. */
  readonly squashed: string;
}

const unitByWord = new Map(
  Object.entries({
    inch: "in inch inches \" ''",
    foot: "ft foot feet",
    millimetre: "mm millimeter millimeters millimetre millimetres",
    centimetre: "cm centimeter centimeters centimetre centimetres",
    metre: "m meter meters metre metres",
    megabyte: "mb megabyte megabytes",
    gigabyte: "gb gigabyte gigabytes gig",
    terabyte: "tb terabyte terabytes",
    megahertz: "mhz",
    gigahertz: "ghz",
    hertz: "hz",
    watt: "w watt watts",
    volt: "v volt volts",
    megapixel: "mp megapixel megapixels",
    ounce: "oz ounce ounces",
    pound: "lb lbs pound pounds",
    kilogram: "kg kilogram kilograms",
    gram: "g gram grams",
    millilitre: "ml milliliter milliliters",
    litre: "l liter liters litre litres",
    minute: "min mins minute minutes",
    pack: "pk pack packs count ct pcs pieces",
    user: "user users",
    page: "page pages",
  }).flatMap(([unit, words]) => words.split(" ").map((word) => [word, unit] as const)),
);

const quantity = /(\d{1,12}(?:\.\d{1,6})?)[\s-]?("|''|[a-z]+)(?![\p{L}\p{N}])/gu;
const number = /\d+(?:[.,]\d+)*/g;

/** Finds the signs of a text. */
export function signsOf(text: string): Signs {
  const lower = text.normalize("NFKC").toLowerCase();
  const words = lower.split(/[\s,;:()[\]{}|"!?]+/u);
  const codes = words.flatMap(codesOfWord);
  const numbers = [...lower.matchAll(number)].map(([digits]) => plainNumber(digits));
  return {
    codes: [...new Set(codes)].sort().slice(0, codesMax),
    numbers: [...new Set(numbers)].sort().slice(0, codesMax),
    quantities: quantitiesOf(lower),
    squashed: lower.replace(/[^\p{L}\p{N}]+/gu, ""),
  };
}

/** A word's code, and those of its parts where a slash joins several. */
function codesOfWord(word: string): string[] {
  return word.split("/").flatMap((part) => {
    const code = part.replace(/[^\p{L}\p{N}]+/gu, "");
    return isCode(code) ? [code] : [];
  });
}

function isCode(code: string): boolean {
  if (code.length < codeLengthMin || !/\p{N}/u.test(code)) return false;
  if (!/\p{L}/u.test(code)) return code.length >= 4;
  const parts = /^([\d.]+)([a-z]+)$/.exec(code);
  return parts === null || !unitByWord.has(parts[2] as string);
}

function plainNumber(digits: string): string {
  const plain = digits
    .slice(0, digitsMax)
    .replaceAll(",", "")
    .replace(/^0+(?=\d)/, "");
  return /^\d+\.\d+$/.test(plain) ? plain.replace(/\.?0+$/, "") : plain;
}

function quantitiesOf(text: string): Map<string, string[]> {
  const quantities = new Map<string, string[]>();
  for (const [, digits, word] of text.matchAll(quantity)) {
    const unit = unitByWord.get(word as string);
    if (unit === undefined) continue;
    const values = quantities.get(unit) ?? [];
    values.push(plainNumber(digits as string));
    quantities.set(unit, values);
  }
  return quantities;
}
