const plainNumber = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
const grouped = /^(-?)[$€£¥]? ?(-?\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?) ?(?:%|[$€£¥]|[a-z]{3})?$/i;
const decimalComma = /^-?\d+,\d{1,2}$/;

/** The number that a text says, with a currency, a percent sign or thousands marks allowed; null for anything else. */
export function parseNumber(text: string): number | null {
  if (plainNumber.test(text)) return finite(Number(text));
  if (decimalComma.test(text)) return Number(text.replace(",", "."));
  const parts = grouped.exec(text);
  return parts ? finite(Number(`${parts[1]}${(parts[2] as string).replace(/[,' ]/g, "")}`)) : null;
}

/** "1e400" is more than a number can say: as good as none. */
function finite(number: number): number | null {
  return Number.isFinite(number) ? number : null;
}

const minutesOnly = /^(\d+(?:\.\d+)?) ?(?:m|mins?|minutes?|minuten)?\.?$/i;
const hoursAndMinutes = /^(?:pt)?(\d+) ?(?:h|hrs?|hours?)\.?(?:[ ,]*(\d+) ?(?:m|mins?|minutes?)?\.?)?$/i;
const isoMinutes = /^pt(\d+)m$/i;
const clock = /^(\d{1,2}):(\d{2})(?::\d{2})?$/;

/** Minutes from "95", "95 min", "1h 35m", "PT1H35M", "1:35:00"; null for what is no time, such as "2 Seasons", and for 0. */
export function parseMinutes(text: string): number | null {
  const simple = minutesOnly.exec(text) ?? isoMinutes.exec(text);
  if (simple) return Number(simple[1]) || null;
  const parts = hoursAndMinutes.exec(text) ?? clock.exec(text);
  return parts ? Number(parts[1]) * 60 + Number(parts[2] ?? 0) || null : null;
}
