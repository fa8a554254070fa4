import { KindredError } from "../base/index.ts";
import { amountKinds, type Budgets } from "../flow/index.ts";
import type { Project } from "../pipelines/index.ts";

/** What runs may use: what `kindred.yaml` declares, and over its ceilings of a run those of `--budget`. @throws argument-invalid */
export function budgetsOf({ budgets }: Project, flags: readonly string[]): Budgets {
  const given = Object.fromEntries(flags.map(ceilingOf));
  return { ...budgets, ...(flags.length === 0 ? {} : { run: { ...budgets.run, ...given } }) };
}

function ceilingOf(flag: string): [string, number] {
  const [kind, value, ...rest] = flag.split("=") as [string, string?, ...string[]];
  const ceiling = value === undefined || value.trim() === "" ? Number.NaN : Number(value);
  if ((amountKinds as readonly string[]).includes(kind) && ceiling >= 0 && rest.length === 0) return [kind, ceiling];
  throw new KindredError("argument-invalid", {
    seen: `--budget ${flag}`,
    expected: `KIND=NUMBER with one of ${amountKinds.join(", ")}`,
  });
}
