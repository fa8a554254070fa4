import { formatCount } from "../base/index.ts";
import type { PairExplanation, Story } from "../pipelines/index.ts";
import type { Terminal } from "./terminal.ts";
import { nameOf, printWaterfall } from "./waterfall.ts";

/** Prints what a linkage found, as a short story. */
export function printStory(terminal: Terminal, story: Story): void {
  const { records, matches, entities, claims } = story.counts;
  terminal.line();
  terminal.line(
    `${formatCount(records)} records became a graph of ${formatCount(entities)} entities and ${formatCount(claims)} claims; ${formatCount(matches)} pairs of records are the same thing.`,
  );
  if (story.hardMerge) {
    heading(terminal, "A hard merge");
    terminal.line(`${nameOf(story.hardMerge.left)} and ${nameOf(story.hardMerge.right)} are one film.`);
    printWaterfall(terminal, story.hardMerge);
  }
  if (story.nearMiss) {
    heading(terminal, "A near miss, kept apart");
    terminal.line(
      `${nameOf(story.nearMiss.left)} is not ${nameOf(story.nearMiss.right)}: ${mainReason(story.nearMiss)}.`,
    );
    printWaterfall(terminal, story.nearMiss);
  }
  if (story.mostConnected) {
    heading(terminal, "The most connected person");
    terminal.line(
      `${story.mostConnected.label}, bound to ${story.mostConnected.degree} other entities  ${terminal.style("dim", story.mostConnected.id)}`,
    );
  }
  printRecommendation(terminal, story.recommendation);
  if (story.toldClaim) {
    heading(terminal, "What a text told");
    const { subject, relation, object, quote } = story.toldClaim;
    terminal.line(`${subject} ${relation} ${object}: "${quote.replace(/\s+/g, " ")}"`);
  }
}

function printRecommendation(terminal: Terminal, recommendation: Story["recommendation"]): void {
  if (!recommendation) return;
  heading(terminal, "A recommendation");
  terminal.line(`Who likes ${recommendation.liked.map((film) => film.label).join(" and ")} may like`);
  for (const { label, year, reasons } of recommendation.proposals) {
    terminal.line(
      `  ${label}${year === null ? "" : ` (${year})`}: ${reasons
        .slice(0, 2)
        .map((reason) => reason.text)
        .join(", ")}`,
    );
  }
}

function heading(terminal: Terminal, text: string): void {
  terminal.line();
  terminal.line(terminal.style("bold", text));
}

/** The evidence that weighs most against the pair, in words. */
function mainReason(pair: PairExplanation): string {
  const [worst] = pair.steps.toSorted((a, b) => a.weight - b.weight);
  return worst && worst.weight < 0 ? `${worst.field} says "${worst.level}"` : pair.reason;
}
