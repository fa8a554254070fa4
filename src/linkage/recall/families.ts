import type { BlockingRule, LinkageSettings } from "../settings.ts";

/** Rules that look at one field before all others: they find, and miss, the same matches, so together they count as one way of finding. */
export interface RuleFamily {
  readonly field: string;
  /** Places of the rules in the settings. */
  readonly rules: readonly number[];
}

/** Kinds of field of which one value is shared by many records: they narrow a rule and do not make it. */
const narrowingKinds: ReadonlySet<string> = new Set(["year", "date", "number", "category", "country", "level"]);

/** The families of the rules, in the order of their first rules; at most 16, as many as there may be rules. */
export function ruleFamilies({ rules, fields }: Pick<LinkageSettings, "rules" | "fields">): RuleFamily[] {
  const kindOf = new Map(fields.map(({ name, kind }) => [name, kind]));
  const fieldOf = ({ keys, topK }: BlockingRule): string => {
    const names = topK?.fields ?? keys.map(({ field }) => field);
    return names.find((name) => !narrowingKinds.has(kindOf.get(name) ?? "")) ?? (names[0] as string);
  };
  const families = Map.groupBy(rules.keys(), (rule) => fieldOf(rules[rule] as BlockingRule));
  return [...families].map(([field, of]) => ({ field, rules: of }));
}
