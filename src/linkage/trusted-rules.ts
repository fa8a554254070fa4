import type { BlockingRule, LinkageSettings, TrustedIdentifier } from "./settings.ts";

/**
 * Rules with one for each trusted identifier before all others, so that every pair that shares one exists and belongs to that
 * rule: its pairs are kept whatever their weight.
 */
export function withTrustedRules(
  rules: readonly BlockingRule[],
  trusted: readonly Pick<TrustedIdentifier, "field">[],
): BlockingRule[] {
  const fields = [...new Set(trusted.map(({ field }) => field))];
  const own = fields.map(
    (field): BlockingRule =>
      rules.find((rule) => isRuleOf(rule, field)) ?? { name: `same ${field}`, keys: [{ field, maker: "exact" }] },
  );
  return [...own, ...rules.filter((rule) => !own.includes(rule))];
}

/** Whether a rule brings together the records that share a trusted identifier. */
export function isTrustedRule(rule: BlockingRule, { trusted }: Pick<LinkageSettings, "trusted">): boolean {
  return trusted.some(({ field }) => isRuleOf(rule, field));
}

/** Whether a rule brings together the records that have the field in common as it is written: every such pair, and no other. */
export function isRuleOf({ keys }: BlockingRule, field: string): boolean {
  return keys.length === 1 && keys[0]?.field === field && keys[0].maker === "exact";
}
