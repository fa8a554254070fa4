import { flowLimits } from "../limits.ts";
import type { CardPart, TaskCard } from "../task-card.ts";
import type { TaskCardWriter } from "../task-context.ts";

/** Gathers the card of one attempt, within its limit. */
export class CardWriter implements TaskCardWriter {
  private readonly parts: CardPart[] = [];
  private byteCount = 0;
  private isFull = false;

  html(html: string): void {
    this.add({ kind: "html", text: html });
  }

  markdown(markdown: string): void {
    this.add({ kind: "markdown", text: markdown });
  }

  /** Null when nothing was written. */
  card(): TaskCard | null {
    return this.parts.length === 0 ? null : { parts: this.parts };
  }

  /** Never throws: a page for people is no reason to fail a task. */
  private add({ kind, text }: CardPart): void {
    if (this.isFull) return;
    // A flow that no type checker read may say anything.
    const said = String(text);
    this.byteCount += Buffer.byteLength(said);
    this.isFull = this.byteCount > flowLimits.cardBytes;
    const note = `The card reached ${flowLimits.cardBytes} bytes: the rest is dropped.`;
    this.parts.push(this.isFull ? { kind: "markdown", text: note } : { kind, text: said });
  }
}
