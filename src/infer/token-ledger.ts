import { KindredError } from "../base/index.ts";

/** What asking a model took. */
export interface Usage {
  /** Answers that a model was asked for. */
  readonly requests: number;
  /** Answers found in the cache instead. */
  readonly cacheHits: number;
  /** Tokens paid for in this call; cached answers count nothing. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** What they cost at the prices of the settings, in whatever currency those are in; 0 without prices. */
  readonly money: number;
}

/** How many tokens, in and out together, one call may pay for. */
export interface TokenBudget {
  readonly maxTokens: number;
}

/** What one answer was paid with. */
export interface Payment {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly money: number;
}

/** Is told of each payment as it is made: `spend` of a task's context is one, and so a run's budgets count it. */
export type OnSpent = (spent: { readonly modelTokens: number; readonly money: number }) => void;

/** Counts tokens and keeps the budget. The only mutable thing that documents in work at once share. */
export class TokenLedger {
  #usage: Usage = { requests: 0, cacheHits: 0, inputTokens: 0, outputTokens: 0, money: 0 };
  readonly #budget: TokenBudget | undefined;
  readonly #onSpent: OnSpent;

  constructor(budget?: TokenBudget, onSpent: OnSpent = () => {}) {
    this.#budget = budget;
    this.#onSpent = onSpent;
  }

  get usage(): Usage {
    return this.#usage;
  }

  /**
   * Called before each request. The last request may end beyond the budget (its length is known only afterwards).
   * @throws budget-spent once the budget is used up
   */
  assertRoom(): void {
    const spent = this.#usage.inputTokens + this.#usage.outputTokens;
    if (this.#budget === undefined || spent < this.#budget.maxTokens) return;
    throw new KindredError("budget-spent", {
      seen: `${spent} tokens were spent in ${this.#usage.requests} requests, of a budget of ${this.#budget.maxTokens}`,
      hint: "Run the same command again to go on: answers in the cache are not paid for twice",
    });
  }

  addRequest({ inputTokens, outputTokens, money }: Payment): void {
    const before = this.#usage;
    this.#usage = {
      requests: before.requests + 1,
      cacheHits: before.cacheHits,
      inputTokens: before.inputTokens + inputTokens,
      outputTokens: before.outputTokens + outputTokens,
      money: before.money + money,
    };
    this.#onSpent({ modelTokens: inputTokens + outputTokens, money });
  }

  addCacheHit(): void {
    this.#usage = { ...this.#usage, cacheHits: this.#usage.cacheHits + 1 };
  }
}
