import { resolve } from "node:path";
import type { Command } from "commander";
import { formatCount, KindredError, systemClock } from "../../base/index.ts";
import type { Labelling, LabelWord } from "../../pipelines/index.ts";
import { applyDecisions } from "../apply-decisions.ts";
import { isTerminal, type Keys, openKeys } from "../keys.ts";
import { printKnown, printQuestion } from "../label-view.ts";
import { wholeNumber } from "../link-options.ts";
import { publishedDirectory } from "../published.ts";
import { type CommonOptions, openSession, type Session } from "../session.ts";
import type { Terminal } from "../terminal.ts";

interface Options extends CommonOptions {
  readonly labels?: string;
  readonly next?: number;
  readonly decide?: boolean;
}

/** Pairs that `--json` prints when it is not said how many. */
const nextByDefault = 10;

/** `kindred label`: asks about the pairs that teach most, and keeps the answers. */
export function addLabel(program: Command): void {
  program
    .command("label")
    .summary("label pairs in the terminal, the one that teaches most first")
    .description("label pairs in the terminal, the one that teaches most first, and see what the labels tell")
    .argument("[folder]", "what `kindred link` wrote (default: what was published last)")
    .option("--labels <file>", "the CSV of labels to go on with or to begin (default: FOLDER.labels.csv)")
    .option("--decide", "what is said the same or different is decided too, as by `kindred decide`")
    .option("--next <count>", "print the next pairs and ask nothing", wholeNumber(1, 1000))
    .option("--json", "print the next pairs as one JSON document")
    .action(label);
}

async function label(folder: string | undefined, options: Options): Promise<void> {
  const session = openSession(options);
  const { terminal } = session;
  const asks = options.next === undefined && options.json !== true;
  if (asks && !isTerminal())
    throw new KindredError("argument-invalid", {
      seen: "no terminal to ask in",
      expected: "a person at a terminal, or --next COUNT or --json for the pairs alone",
      hint: "Append answers to the file of labels: left_source,left_id,right_source,right_id,label",
    });
  const directory = await publishedDirectory(session.home, folder);
  const { Labelling } = await import("../../pipelines/index.ts");
  const labelling = await Labelling.open(directory, resolve(options.labels ?? `${directory}.labels.csv`));
  if (!asks) return printNext(terminal, labelling, options.next ?? nextByDefault);
  const said = await askAll(terminal, labelling);
  if (options.decide === true && said.length > 0) await decideAll(session, directory, said);
}

async function printNext(terminal: Terminal, labelling: Labelling, count: number): Promise<void> {
  const pairs = await labelling.take(count);
  terminal.result({ labels: labelling.file, known: labelling.known, pairs }, () => {
    pairs.forEach((question, i) => {
      printQuestion(terminal, question, i + 1);
    });
    printKnown(terminal, labelling.known);
  });
}

type Said = Awaited<ReturnType<typeof askAll>>[number];

/** Asks until there is nothing left or the person has had enough; gives what was said in this sitting. */
async function askAll(terminal: Terminal, labelling: Labelling) {
  const said: { readonly left: RecordName; readonly right: RecordName; readonly label: LabelWord }[] = [];
  const keys = openKeys();
  try {
    for (let question = await labelling.next(); question !== null; question = await labelling.next()) {
      const { same, different, unsure } = labelling.known;
      printQuestion(terminal, question, same + different + unsure + 1);
      const answer = await askOne(terminal, keys);
      if (answer === "quit") break;
      if (answer === "back") {
        const taken = await labelling.back();
        if (taken !== null && said.length > 0) said.pop();
        terminal.line(taken === null ? "nothing to take back" : `taken back: ${taken.label}`);
        continue;
      }
      await labelling.say(question, answer);
      said.push({ left: question.pair.left, right: question.pair.right, label: answer });
      printKnown(terminal, labelling.known);
    }
  } finally {
    keys.close();
  }
  terminal.line(`${formatCount(said.length)} new labels in ${labelling.file}`);
  terminal.line("kindred evaluate FOLDER --truth that file measures by them");
  return said;
}

interface RecordName {
  readonly source: string;
  readonly id: string;
}

const answers: Readonly<Record<string, LabelWord | "back" | "quit">> = {
  s: "same",
  d: "different",
  u: "unsure",
  b: "back",
  q: "quit",
  end: "quit",
};

async function askOne(terminal: Terminal, keys: Keys): Promise<LabelWord | "back" | "quit"> {
  terminal.line("one thing? s(ame)  d(ifferent)  u(nsure)  b(ack)  q(uit)");
  for (;;) {
    const key = await keys.next();
    if (key === "interrupt")
      throw new KindredError("interrupted", { seen: "interrupted", hint: "Every label is kept" });
    const answer = answers[key.toLowerCase()];
    if (answer === undefined) continue;
    terminal.line(`-> ${answer}`);
    return answer;
  }
}

async function decideAll(session: Session, directory: string, said: readonly Said[]): Promise<void> {
  const { logDecisions } = await import("../../pipelines/index.ts");
  const decisions = said.flatMap(({ left, right, label: kind }) =>
    kind === "unsure"
      ? []
      : [
          {
            kind,
            left: { source: left.source, id: left.id },
            right: { source: right.source, id: right.id },
            reason: "labelled",
          },
        ],
  );
  if (decisions.length === 0) return;
  const events = await logDecisions(session.home, decisions, systemClock.nowMs());
  await applyDecisions(session, directory, events);
}
