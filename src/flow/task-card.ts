/** A piece of a card, in the order written. */
export interface CardPart {
  readonly kind: "html" | "markdown";
  readonly text: string;
}

/** The page that a task left for people. What it holds is the task's: nothing of it may run or load where it is shown. */
export interface TaskCard {
  readonly parts: readonly CardPart[];
}
