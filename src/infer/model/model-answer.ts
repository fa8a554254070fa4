/** What a model answered, before anyone believes it. */
export interface ModelAnswer {
  /** The text of the answer: JSON, if the model did as asked. */
  readonly text: string;
  /** Why it ended, such as `stop` or `length`. */
  readonly finishReason: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What is asked of a model. Equal questions have equal answers in the cache. */
export interface ModelQuestion {
  readonly system: string;
  readonly prompt: string;
  /** JSON schema of the answer. */
  readonly schema: Readonly<Record<string, unknown>>;
}
