import { KindredError } from "../../base/index.ts";
import { type KnownSoFar, type Question, Questions } from "../../linkage/index.ts";
import { decidedPairs, pairKey } from "../decisions/decided-pairs.ts";
import { jointRecords, type JointRecords } from "../diff/joint-records.ts";
import { type KeptPairs, readKeptPairs } from "../diff/kept-pairs.ts";
import { explainRecords, type PairExplanation } from "../explain/explain-records.ts";
import { openLinkage, type PublishedLinkage } from "../linkage/published-linkage.ts";
import { appendLabel, type LabelWord, type PairLabel, readLabels, removeLastLabel } from "./label-file.ts";

/** A pair to label, with all that a person needs to tell. */
export interface LabelQuestion extends Omit<Question, "place" | "probability"> {
  readonly pair: PairExplanation;
  /** What the labels so far make of its probability. */
  readonly believed: number;
}

/** Labels of a linkage under way: which pair is next, what was said, what that tells. */
export class Labelling {
  readonly file: string;
  readonly #published: PublishedLinkage;
  readonly #joint: JointRecords;
  readonly #pairs: KeptPairs;
  readonly #placeByPair: ReadonlyMap<string, number>;
  #labels: PairLabel[];
  #questions: Questions;

  private constructor(
    file: string,
    published: PublishedLinkage,
    joint: JointRecords,
    pairs: KeptPairs,
    labels: PairLabel[],
  ) {
    this.file = file;
    this.#published = published;
    this.#joint = joint;
    this.#pairs = pairs;
    this.#labels = labels;
    this.#placeByPair = new Map(Array.from(pairs.left, (_, place) => [pairKey(...this.#namesAt(place)), place]));
    this.#questions = this.#replay();
  }

  /**
   * Opens a published linkage for labelling, with the labels that a file holds already.
   * @throws what {@link openLinkage} and `readLabels` do; not-found where no pair was kept
   */
  static async open(directory: string, file: string): Promise<Labelling> {
    const published = await openLinkage(directory);
    const joint = await jointRecords(published, published, false);
    const pairs = await readKeptPairs(published, joint);
    if (pairs.left.length === 0)
      throw new KindredError("not-found", {
        seen: "no pair was kept",
        expected: "a linkage with pairs to ask about",
        where: { file: directory },
      });
    return new Labelling(file, published, joint, pairs, await readLabels(file));
  }

  get known(): KnownSoFar {
    return this.#questions.known();
  }

  /** The next pair to ask about; null when every kept pair has a label. */
  async next(): Promise<LabelQuestion | null> {
    const question = this.#questions.next();
    return question && this.#explained(question);
  }

  /** The next pairs to ask about, before any of their answers is known. */
  async take(count: number): Promise<LabelQuestion[]> {
    const questions = this.#replay().take(count);
    const explained: LabelQuestion[] = [];
    for (const question of questions) explained.push(await this.#explained(question));
    return explained;
  }

  /** Writes down what someone said of a pair, synced to the disk. */
  async say({ pair }: LabelQuestion, label: LabelWord): Promise<void> {
    const said: PairLabel = { left: nameOf(pair.left), right: nameOf(pair.right), label };
    await appendLabel(this.file, said);
    this.#labels.push(said);
    this.#answer(this.#questions, said);
  }

  /** Takes the last label back; null when there is none. */
  async back(): Promise<PairLabel | null> {
    const last = this.#labels.at(-1);
    if (last === undefined) return null;
    await removeLastLabel(this.file, last);
    this.#labels = this.#labels.slice(0, -1);
    this.#questions = this.#replay();
    return last;
  }

  async #explained({ place, probability, ...question }: Question): Promise<LabelQuestion> {
    const pair = await explainRecords(this.#published, ...this.#namesAt(place));
    return { ...question, believed: probability, pair };
  }

  #namesAt(place: number): [PairLabel["left"], PairLabel["right"]] {
    const { left, right } = this.#pairs;
    return [this.#joint.nameOf(left[place] as number), this.#joint.nameOf(right[place] as number)];
  }

  #replay(): Questions {
    const { outcomeOf, types } = this.#pairs;
    const pools = (place: number): "match" | "review" | "other" => {
      const outcome = outcomeOf(place);
      return outcome === "match" || outcome === "review" ? outcome : "other";
    };
    const decided = decidedPairs(this.#published.params.decisions);
    const closed = Uint8Array.from(this.#pairs.left, (_, place) =>
      Number(decided(...this.#namesAt(place)) !== undefined),
    );
    const counts = types.map(({ model }) => model.settings.comparisons.length);
    const questions = new Questions({ ...this.#pairs, pools }, counts, closed);
    for (const label of this.#labels) this.#answer(questions, label);
    return questions;
  }

  /** A label of a pair that this linkage did not keep says nothing here, and stays in the file. */
  #answer(questions: Questions, { left, right, label }: PairLabel): void {
    const place = this.#placeByPair.get(pairKey(left, right));
    if (place !== undefined) questions.answer(place, label === "unsure" ? null : label === "same");
  }
}

function nameOf({ source, id }: PairLabel["left"]): PairLabel["left"] {
  return { source, id };
}
