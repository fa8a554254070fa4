import type { ArtifactStore } from "../store/artifact-store.ts";
import type { LoggedAttempt, LogReader, StoredLog } from "./attempt-logs.ts";

/** Characters of pieces that are kept in memory: who follows a log reads the same pieces again and again. */
const heldChars = 64 * 1024 * 1024;

/** Reads logs of attempts that ran on any machine. */
export class StoredLogReader implements LogReader {
  private readonly store: ArtifactStore;
  private readonly held = new Map<string, string>();
  private chars = 0;

  constructor(store: ArtifactStore) {
    this.store = store;
  }

  /** @throws artifact-damaged */
  async read(_attempt: LoggedAttempt, stored: StoredLog | null): Promise<string> {
    const texts: string[] = [];
    for (const ref of stored ?? []) {
      const text = this.held.get(ref.blob) ?? new TextDecoder().decode(await this.store.get(ref));
      if (!this.held.has(ref.blob)) this.hold(ref.blob, text);
      texts.push(text);
    }
    return texts.join("");
  }

  private hold(blob: string, text: string): void {
    this.held.set(blob, text);
    this.chars += text.length;
    for (const [oldest, { length }] of this.held) {
      if (this.chars <= heldChars) return;
      this.held.delete(oldest);
      this.chars -= length;
    }
  }
}
