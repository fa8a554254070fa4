import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { diskError, KindredError } from "../../base/index.ts";
import { type Decision, decisionSchema } from "../../linkage/index.ts";
import { pairKey } from "./decided-pairs.ts";
import { withFileLock } from "./file-lock.ts";

const decidedSchema = decisionSchema.extend({
  /** Counts from 1 within the log. */
  event: z.number().int().positive(),
  /** When it was said, in milliseconds since 1970. */
  madeMs: z.number(),
  reason: z.string().optional(),
});

const revokedSchema = z.object({
  event: z.number().int().positive(),
  madeMs: z.number(),
  kind: z.literal("revoke"),
  /** The event that no longer holds. */
  revokes: z.number().int().positive(),
});

const eventSchema = z.union([decidedSchema, revokedSchema]);

/** Something a person said of two records, or took back. The log only grows, so nothing that was said is lost. */
export type DecisionEvent = z.infer<typeof eventSchema>;

/** A decision with why it was made. */
export interface NewDecision extends Decision {
  readonly reason?: string;
}

/** More events than this are more than people decide, and would slow every run. */
const eventsMax = 1_000_000;

function logPath(home: string): string {
  return join(home, "decisions.jsonl");
}

/**
 * Everything that was decided, in order.
 * @throws artifact-damaged when a line is not an event
 */
export async function readDecisionLog(home: string): Promise<DecisionEvent[]> {
  return parseLog(await readLog(home), home);
}

function readLog(home: string): Promise<string> {
  return readFile(logPath(home), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
}

function parseLog(text: string, home: string): DecisionEvent[] {
  return text.split("\n").flatMap((line, index) => (line === "" ? [] : [parseEvent(line, index + 1, home)]));
}

function parseEvent(line: string, row: number, home: string): DecisionEvent {
  try {
    return eventSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new KindredError("artifact-damaged", {
      seen: `"${line.slice(0, 80)}"`,
      expected: "one decision as kindred writes it",
      hint: "Restore the file from a copy, or remove the line",
      where: { file: logPath(home), row },
      cause,
    });
  }
}

/** The decisions that hold: not revoked, and the last one where a pair was decided twice. */
export function decisionsInForce(events: readonly DecisionEvent[]): Decision[] {
  const revoked = new Set(events.flatMap((event) => (event.kind === "revoke" ? [event.revokes] : [])));
  const byPair = new Map<string, Decision>();
  for (const event of events) {
    if (event.kind === "revoke" || revoked.has(event.event)) continue;
    const { kind, left, right } = event;
    byPair.set(pairKey(left, right), { kind, left, right });
  }
  return [...byPair.values()];
}

/** Adds decisions to the log, synced to the disk, and gives them their event numbers. */
export function logDecisions(home: string, decisions: readonly NewDecision[], nowMs: number): Promise<DecisionEvent[]> {
  return append(home, (before) =>
    decisions.map((decision, i) => ({ ...decision, event: nextEvent(before) + i, madeMs: nowMs })),
  );
}

/**
 * Takes back one event of the log.
 * @throws not-found when there is no such decision, or it was taken back already
 */
export async function revokeDecision(home: string, revokes: number, nowMs: number): Promise<DecisionEvent> {
  const [event] = await append(home, (before) => {
    assertInForce(before, revokes);
    return [{ event: nextEvent(before), madeMs: nowMs, kind: "revoke", revokes }];
  });
  return event as DecisionEvent;
}

/** A number that no event has, also where someone removed lines from the log. */
function nextEvent(before: readonly DecisionEvent[]): number {
  return (before.at(-1)?.event ?? 0) + 1;
}

function assertInForce(before: readonly DecisionEvent[], revokes: number): void {
  const target = before.find((event) => event.event === revokes);
  const alreadyRevoked = before.some((event) => event.kind === "revoke" && event.revokes === revokes);
  if (target && target.kind !== "revoke" && !alreadyRevoked) return;
  throw new KindredError("not-found", {
    seen: alreadyRevoked ? `decision ${revokes} was taken back already` : `no decision ${revokes}`,
    expected: before.length === 0 ? "a decision; none was made yet" : `a decision from 1 to ${nextEvent(before) - 1}`,
  });
}

/** Event numbers follow from what is in the log, so reading it and adding to it is done alone. */
function append(home: string, made: (before: readonly DecisionEvent[]) => DecisionEvent[]): Promise<DecisionEvent[]> {
  return withFileLock(join(home, "decisions.lock"), async () => {
    const text = await readLog(home);
    const before = parseLog(text, home);
    const events = made(before);
    if (before.length + events.length > eventsMax) {
      throw new KindredError("limit-exceeded", {
        seen: `${before.length + events.length} decisions`,
        expected: `at most ${eventsMax}`,
      });
    }
    await addToLog(home, text, events);
    return events;
  });
}

/** Adds whole lines or nothing: a line torn by a full disk would make the log unreadable for every later run. */
async function addToLog(home: string, before: string, events: readonly DecisionEvent[]): Promise<void> {
  // An editor may have left the last line without its end.
  const start = before === "" || before.endsWith("\n") ? "" : "\n";
  const handle = await open(logPath(home), "a");
  try {
    await handle.writeFile(start + events.map((event) => `${JSON.stringify(event)}\n`).join(""));
    await handle.sync();
  } catch (error) {
    await handle.truncate(Buffer.byteLength(before));
    throw diskError(error, logPath(home));
  } finally {
    await handle.close();
  }
}
