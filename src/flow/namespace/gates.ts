import { KindredError } from "../../base/index.ts";

/** What a project demands of what goes into production: bounds of figures by name, such as `{ minMatches: 1000, maxMatchesLost: 20 }`. */
export type Gates = Readonly<Record<string, number>>;

/** What became of one gate. */
export interface GateOutcome {
  /** As it is declared: `maxMatchesLost`. */
  readonly gate: string;
  readonly figure: string;
  readonly bound: number;
  /** What was measured; null when it could not be, which no gate lets through. */
  readonly seen: number | null;
  readonly passed: boolean;
}

/** A gate's name as its parts: `maxMatchesLost` bounds the figure `matchesLost` from above. @throws config-invalid */
function gateOf(gate: string): { readonly figure: string; readonly isMin: boolean } {
  const parts = /^(min|max)([A-Z].*)$/.exec(gate);
  if (parts === null) {
    throw new KindredError("config-invalid", {
      seen: `the gate "${gate}"`,
      expected: "min or max and a figure, such as minMatches or maxMatchesLost",
    });
  }
  const [, side, name] = parts as unknown as [string, string, string];
  return { figure: name.charAt(0).toLowerCase() + name.slice(1), isMin: side === "min" };
}

/** Holds figures against what a project demands. A figure that is not there, or is no number, passes no gate. @throws config-invalid */
export function checkGates(gates: Gates, figures: Readonly<Record<string, number | null>>): GateOutcome[] {
  return Object.entries(gates).map(([gate, bound]) => {
    const { figure, isMin } = gateOf(gate);
    const known = Object.hasOwn(figures, figure) ? figures[figure] : null;
    const seen = typeof known === "number" && !Number.isNaN(known) ? known : null;
    return { gate, figure, bound, seen, passed: seen !== null && (isMin ? seen >= bound : seen <= bound) };
  });
}
