import type { PairView } from "../../src/serve/index.ts";
import { plain, probability, valueText, weight } from "../words.ts";

interface Row {
  readonly title: string;
  readonly detail: string;
  readonly weight: number;
  readonly from: number;
  readonly to: number;
  readonly kind: "prior" | "step" | "missing" | "sum";
}

/** Why a pair is, or is not, one thing: each bar starts where the one above ended, and the last is the sum. */
export function Waterfall({ pair }: { pair: PairView }) {
  const rows = waterfallRows(pair);
  const ends = rows.flatMap((row) => [row.from, row.to]).filter(Number.isFinite);
  const low = Math.min(-4, ...ends) - 1;
  const high = Math.max(4, ...ends) + 1;
  const place = (value: number): number => ((Math.max(low, Math.min(high, value)) - low) / (high - low)) * 100;
  return (
    <figure class="waterfall">
      <table aria-label="Evidence, in log2 odds">
        <tbody>
          {rows.map((row) => (
            <tr key={row.title} class={row.kind}>
              <th scope="row">
                {row.title}
                <small>{row.detail}</small>
              </th>
              <td class="number">{row.kind === "missing" ? "0" : weight(row.weight)}</td>
              <td class="track" aria-hidden="true">
                <Bar row={row} place={place} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption class="quiet">
        Weights are log2 odds: each unit doubles them. The upright line is even odds; right of it speaks for one thing,
        left of it for two.
      </figcaption>
    </figure>
  );
}

function Bar({ row, place }: { row: Row; place: (value: number) => number }) {
  const [start, end] = [place(Math.min(row.from, row.to)), place(Math.max(row.from, row.to))];
  const sign = row.weight >= 0 ? "for" : "against";
  return (
    <svg viewBox="0 0 100 10" preserveAspectRatio="none">
      <line class="even" x1={place(0)} x2={place(0)} y1="0" y2="10" />
      <rect
        class={row.kind === "sum" ? `sum ${sign}` : sign}
        x={start}
        width={Math.max(0.4, end - start)}
        y={row.kind === "sum" ? 1 : 2}
        height={row.kind === "sum" ? 8 : 6}
      />
      {row.kind !== "sum" && <line class="carry" x1={place(row.to)} x2={place(row.to)} y1="2" y2="10" />}
    </svg>
  );
}

function waterfallRows(pair: PairView): Row[] {
  const rows: Row[] = [];
  const rule = pair.rule === null ? "no blocking rule makes this pair" : `pairs by “${pair.rule}”`;
  let at = pair.priorWeight;
  rows.push({ title: "before looking", detail: rule, weight: at, from: 0, to: at, kind: "prior" });
  for (const step of pair.steps) {
    const values =
      step.tendency === "missing" ? "" : ` · ${short(valueText(step.left))} | ${short(valueText(step.right))}`;
    const kind = step.tendency === "missing" ? "missing" : "step";
    rows.push({
      title: plain(step.field),
      detail: `${step.level}${values}`,
      weight: step.weight,
      from: at,
      to: at + step.weight,
      kind,
    });
    at += step.weight;
  }
  for (const step of pair.beyond) {
    const to = at + step.weight;
    rows.push({ title: step.name, detail: step.detail, weight: step.weight, from: at, to, kind: "step" });
    at = to;
  }
  rows.push({
    title: "together",
    detail: `probability ${probability(pair.probability)}`,
    weight: pair.weight,
    from: 0,
    to: pair.weight,
    kind: "sum",
  });
  return rows;
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
