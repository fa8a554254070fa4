import { type Amount, amountOf } from "../../budget/amount.ts";

/** What tasks used, summed up. */
export interface UsageRow {
  readonly tasks: number;
  readonly cpu_seconds: number;
  readonly peak_rss_bytes: number;
  readonly model_tokens: number;
  readonly money: number;
}

/** The columns of a {@link UsageRow} over rows that each stand for `tasks`, such as `count(*)`. */
export function usageSums(tasks: string): string {
  return `${tasks} as tasks, coalesce(sum(cpu_seconds), 0) as cpu_seconds,
    coalesce(max(peak_rss_bytes), 0) as peak_rss_bytes,
    cast(coalesce(sum(model_tokens), 0) as bigint) as model_tokens, coalesce(sum(money), 0) as money`;
}

/** What tasks used. */
export function amountIn({ tasks, cpu_seconds, peak_rss_bytes, model_tokens, money }: UsageRow): Amount {
  return amountOf(tasks, {
    ...{ cpuSeconds: cpu_seconds, peakRssBytes: peak_rss_bytes },
    ...{ modelTokens: model_tokens, money },
  });
}
