import { appendFileSync, existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { flow, type TaskContext } from "../../src/flow/index.ts";

interface Params {
  /** Where each call of a task leaves a line, and the result is published. */
  readonly folder: string;
  readonly letters: string;
  /** In every blob, so that none of them is in a store already that runs share. */
  readonly salt: string;
  readonly taskMs: number;
  /** The task whose first attempt never looks up from its work, such as `count/a`; none when empty. */
  readonly deaf: string;
}

const retry = { count: 6, backoffMs: 20 } as const;

/**
 * The flow into which faults are injected: outcomes in the metadata and in blobs, a foreach over the outcomes of another, and a last
 * step that publishes a file beside. What it computes depends on its letters and salt alone.
 */
const spelling = (timeoutMs: number) =>
  flow("spelling", { params: { folder: "", letters: "abcdefgh", salt: "", taskMs: 12, deaf: "" } as Params })
    .step("plan", { retry, timeoutMs }, async (context) => {
      await enter("plan", context);
      return { letters: [...context.params.letters], title: `${"x".repeat(3_000)}${context.params.salt}` };
    })
    .foreach(
      "spell",
      { over: (art) => art.plan.letters, key: (letter) => letter, retry, timeoutMs },
      async (context) => {
        await enter("spell", context);
        const text = `${context.item.repeat(20_000)}${context.params.salt}`;
        return { letter: context.item, blob: await context.blobs.put(new TextEncoder().encode(text)) };
      },
    )
    .foreach(
      "count",
      { over: (art) => art.spell, key: (outcome) => outcome.letter, retry, timeoutMs },
      async (context) => {
        await enter("count", context);
        const bytes = await context.blobs.get(context.item.blob);
        const path = join(context.tempDirectory, "count.txt");
        writeFileSync(path, `${context.item.letter} ${bytes.length} ${context.params.salt}\n`.repeat(500));
        return {
          letter: context.item.letter,
          count: bytes.length,
          blob: await context.blobs.putFile(path, { move: true }),
        };
      },
    )
    .step("join", { retry, timeoutMs }, async (context) => {
      await enter("join", context);
      return context.art.count.map(({ letter, count, blob }) => `${letter} ${count} ${blob.blob}`);
    })
    .step("publish", { retry, timeoutMs }, async (context) => {
      await enter("publish", context);
      const path = join(context.params.folder, "published.txt");
      const aside = `${path}.${process.pid}`;
      const text = `${context.art.join.join("\n")}\n`;
      const kept = await context.blobs.put(new TextEncoder().encode(text));
      writeFileSync(aside, text);
      renameSync(aside, path);
      return { lineCount: context.art.join.length, kept };
    });

/** With a time-out that no task comes near. */
export default spelling(20_000);

/** With one that a task which ignores it is soon killed by. */
export const hasty = spelling(2_000);

async function enter(step: string, { params, key, attempt }: TaskContext<Params, unknown>): Promise<void> {
  appendFileSync(join(params.folder, "calls"), `${step}/${key} ${attempt} ${process.pid}\n`);
  if (params.taskMs > 0) await wait(params.taskMs);
  const isDeaf = params.deaf === `${step}/${key}` && !existsSync(join(params.folder, "was-deaf"));
  if (!isDeaf) return;
  writeFileSync(join(params.folder, "was-deaf"), "");
  for (;;) Math.sqrt(2);
}
