import { readFileSync } from "node:fs";
import { z } from "zod";

const triedSchema = z.object({
  /** Which data the settings were tried on, such as `films, even`. */
  set: z.string().min(1),
  /** What was varied. */
  what: z.string().min(1),
  /** How many settings were measured, the one that was kept included; 0 where nobody counted, which `what` then says. */
  tried: z.number().int().min(0),
  /** What was kept, and why. */
  kept: z.string().min(1),
});

/** One line of `settings-tried.jsonl`: whoever looks at a figure to choose a setting adds one. */
export type Tried = z.infer<typeof triedSchema>;

/** Everything that was tried; a line that is not one stops the bench. */
export function readSettingsTried(): Tried[] {
  const text = readFileSync(new URL("./settings-tried.jsonl", import.meta.url), "utf8");
  return text.split("\n").flatMap((line) => (line === "" ? [] : [triedSchema.parse(JSON.parse(line))]));
}

/** How many settings were tried on any of these sets. */
export function countTried(tried: readonly Tried[], sets: readonly string[]): number {
  return tried.filter(({ set }) => sets.includes(set)).reduce((sum, one) => sum + one.tried, 0);
}
