import { type Ontology, relationTypeOf } from "../../ontology/index.ts";
import type { Document } from "../documents/document.ts";
import type {
  CandidateClaim,
  CandidateMention,
  Extraction,
  ExtractionContext,
  Extractor,
  RejectedClaim,
} from "../extractor.ts";
import { nameOfSurface } from "../surface.ts";
import { type Antecedent, antecedentOf } from "./antecedent.ts";
import { type Doubt, doubtOf } from "./guards.ts";
import { type MaskedSentence, spansIn } from "./masked-sentence.ts";
import { type Predicate, predicates, type Statement, statements } from "./predicates.ts";
import { creditedNames, type FoundObject, readObjects } from "./read-object.ts";
import { readSentences } from "./read-sentences.ts";
import type { TextSpan } from "./span.ts";
import { findTopic, type Topic } from "./topic.ts";
import { typeOfNoun } from "./vocabulary.ts";
import { allowedTypes, broadestType, knownType, type TypeSources } from "./work-type.ts";

/** How sure a rule is whose subject stands in the sentence by name. An estimate, not calibrated. */
const namedConfidence = 0.9;
/** How sure a rule is that had to resolve "it" or "the film". An estimate, not calibrated. */
const resolvedConfidence = 0.75;

/** Relations whose claims go from the person to the work, though the sentence goes from the work to the person. */
const fromPerson = new Set(["directed", "wrote", "acted_in"]);

/**
 * An extractor of patterns over English sentences: sequels, models, subjects, makers, casts, years, genres. It asks
 * nobody, costs nothing, and prefers silence to a doubtful claim; relations that the ontology lacks are not looked for.
 */
export function ruleExtractor(): Extractor {
  return {
    name: "rules",
    concurrency: 1,
    extract: async (document, ontology, context) => extractByRules(document, ontology, context),
  };
}

function extractByRules(document: Document, ontology: Ontology, { gazetteer }: ExtractionContext): Extraction {
  const blocks = readSentences(document, gazetteer);
  const reader = new SentenceReader({ ontology, document, gazetteer }, yearsByTitle(blocks.flat()));
  for (const block of blocks) {
    block.forEach((sentence, index) => {
      reader.read(sentence, block[index - 1]);
    });
  }
  return { candidates: reader.candidates, rejected: reader.rejected };
}

/** The year of each title that the document gives one year, wherever it does: later mentions leave it out. */
function yearsByTitle(sentences: readonly MaskedSentence[]): ReadonlyMap<string, number> {
  const years = new Map<string, number>();
  const disputed = new Set<string>();
  for (const { surface, year } of sentences.flatMap((sentence) => sentence.spans)) {
    if (year === undefined) continue;
    const name = nameOfSurface(surface);
    if ((years.get(name) ?? year) !== year) disputed.add(name);
    years.set(name, year);
  }
  for (const name of disputed) years.delete(name);
  return years;
}

type RejectedPart = Omit<RejectedClaim, "document" | "extractor">;

/** Gathers what the rules find, sentence by sentence. */
class SentenceReader {
  readonly candidates: CandidateClaim[] = [];
  readonly rejected: RejectedPart[] = [];
  readonly #sources: TypeSources;
  readonly #predicates: readonly Predicate[];
  readonly #statements: readonly Statement[];
  readonly #years: ReadonlyMap<string, number>;
  /** What one sentence has said already: two patterns may read the same words. */
  #said = new Set<string>();

  constructor(sources: TypeSources, years: ReadonlyMap<string, number>) {
    this.#sources = sources;
    this.#years = years;
    const isKnown = ({ relation }: { relation: string }) => relationTypeOf(sources.ontology, relation) !== undefined;
    this.#predicates = predicates.filter(isKnown);
    this.#statements = statements.filter(isKnown);
  }

  read(sentence: MaskedSentence, before: MaskedSentence | undefined): void {
    this.#said = new Set();
    for (const predicate of this.#predicates) {
      for (const found of sentence.masked.matchAll(predicate.pattern))
        this.#readPredicate(predicate, sentence, before, found);
    }
    for (const statement of this.#statements) {
      for (const found of sentence.masked.matchAll(statement.pattern)) this.#readStatement(statement, sentence, found);
    }
  }

  #readPredicate(
    predicate: Predicate,
    sentence: MaskedSentence,
    before: MaskedSentence | undefined,
    found: RegExpExecArray,
  ): void {
    const topic = findTopic(sentence.masked, found.index, found.index + found[0].length);
    const antecedent = topic === undefined ? undefined : antecedentOf(topic, sentence, before);
    const objects = this.#objectsOf(predicate, sentence, found, antecedent);
    if (objects.length === 0) return;
    const doubt = doubtAbout(sentence.masked, topic, found);
    for (const object of objects) {
      const about = { relation: predicate.relation, object: object.surface, sentence: sentence.sentence };
      if (doubt !== undefined) this.#reject(about, doubt, "the sentence takes it back or only imagines it");
      else if (antecedent === undefined)
        this.#reject(about, "subject-unresolved", "which work the sentence speaks of is not plain");
      else this.#addPredicate(predicate, antecedent, topic?.noun, object);
    }
    if (doubt === undefined && antecedent !== undefined) this.#addAuthors(sentence, found, objects, antecedent.passage);
  }

  #objectsOf(
    predicate: Predicate,
    sentence: MaskedSentence,
    found: RegExpExecArray,
    antecedent: Antecedent | undefined,
  ): FoundObject[] {
    if (predicate.reading !== "same-name") {
      return readObjects(predicate.reading, this.#sources.document.text, sentence, found);
    }
    const noun = found.groups?.noun;
    if (antecedent === undefined || noun === undefined) return [];
    return [{ surface: antecedent.title.surface, noun }];
  }

  #addPredicate(
    { relation, reading }: Predicate,
    antecedent: Antecedent,
    noun: string | undefined,
    object: FoundObject,
  ): void {
    const { passage, isNamed } = antecedent;
    if (fromPerson.has(relation)) {
      const work = this.#work(antecedent.title, relation, "range", noun);
      this.#add(relation, this.#named(object, relation, "domain"), work, passage, isNamed);
      return;
    }
    const subject = this.#work(antecedent.title, relation, "domain", noun);
    if (reading === "year") this.#add(relation, subject, { surface: object.surface }, passage, isNamed);
    else if (reading === "title" || reading === "same-name") this.#addPair(relation, subject, object, passage, isNamed);
    else this.#add(relation, subject, this.#named(object, relation, "range"), passage, isNamed);
  }

  /** A sequel is of the kind of what it continues: where one side's type is known, it serves for the other. */
  #addPair(
    relation: string,
    subject: CandidateMention,
    object: FoundObject,
    passage: TextSpan,
    isNamed: boolean,
  ): void {
    const model = this.#work(object, relation, "range", object.noun);
    const broadest = broadestType(this.#sources.ontology, allowedTypes(this.#sources.ontology, relation, "range"));
    const isSequel = relation === "sequel_of";
    const asSubject = isSequel && model.entityType === broadest ? { ...model, entityType: subject.entityType } : model;
    const asObject =
      isSequel && subject.entityType === broadest ? { ...subject, entityType: model.entityType } : subject;
    this.#add(relation, asObject, asSubject, passage, isNamed);
  }

  #addAuthors(
    sentence: MaskedSentence,
    found: RegExpExecArray,
    objects: readonly FoundObject[],
    passage: TextSpan,
  ): void {
    const groups = found.groups ?? {};
    const work = objects[0];
    const noun = groups.noun ?? groups.noun2;
    if (work === undefined || noun === undefined || relationTypeOf(this.#sources.ontology, "wrote") === undefined)
      return;
    for (const author of spansIn(sentence, `${groups.author1 ?? ""}${groups.author2 ?? ""}`, "name")) {
      this.#add(
        "wrote",
        this.#named(author, "wrote", "domain"),
        this.#work(work, "wrote", "range", noun),
        passage,
        true,
      );
    }
  }

  #readStatement({ relation, subject, object }: Statement, sentence: MaskedSentence, found: RegExpExecArray): void {
    const groups = found.groups ?? {};
    const title = (group: string) => spansIn(sentence, groups[group] ?? "", "title");
    const people = creditedNames(sentence, groups.names ?? "").map((name) => this.#named(name, relation, "domain"));
    const subjects =
      subject === "names" ? people : title("title").map((span) => this.#work(span, relation, "domain", groups.noun));
    const years = spansIn(sentence, groups.year ?? "", "year").map(({ surface }) => ({ surface }));
    const works = title(object).map((span) => this.#work(span, relation, "range", groups.noun));
    const doubt = doubtAbout(sentence.masked, undefined, found);
    for (const one of subjects) {
      for (const other of object === "year" ? years : works) {
        if (doubt === undefined) this.#add(relation, one, other, sentence.sentence, true);
        else
          this.#reject(
            { relation, object: other.surface, sentence: sentence.sentence },
            doubt,
            "the sentence takes it back or only imagines it",
          );
      }
    }
  }

  #work(found: FoundObject, relation: string, side: "domain" | "range", noun: string | undefined): CandidateMention {
    const allowed = allowedTypes(this.#sources.ontology, relation, side);
    const title = { kind: "title" as const, start: 0, end: 0, ...found };
    const entityType = knownType(this.#sources, title, noun, allowed) ?? broadestType(this.#sources.ontology, allowed);
    // A year in brackets is a film's; the novel of the same name is another work.
    const isFilm = noun === undefined || typeOfNoun(noun) === "film";
    const year = found.year ?? (isFilm ? this.#years.get(nameOfSurface(found.surface)) : undefined);
    return { entityType, surface: found.surface, ...(year === undefined ? {} : { year }) };
  }

  #named({ surface }: FoundObject, relation: string, side: "domain" | "range"): CandidateMention {
    const { ontology } = this.#sources;
    return { entityType: broadestType(ontology, allowedTypes(ontology, relation, side)), surface };
  }

  #add(
    relation: string,
    subject: CandidateMention,
    object: CandidateClaim["object"],
    passage: TextSpan,
    isNamed: boolean,
  ): void {
    const said = [relation, nameOfSurface(subject.surface), nameOfSurface(object.surface)].join("\u0000");
    if (this.#said.has(said)) return;
    this.#said.add(said);
    this.candidates.push({
      subject,
      relation,
      object,
      quote: this.#sources.document.text.slice(passage.start, passage.end),
      start: passage.start,
      confidence: isNamed ? namedConfidence : resolvedConfidence,
    });
  }

  #reject(
    about: { relation: string; object: string; sentence: TextSpan },
    reason: RejectedPart["reason"],
    detail: string,
  ): void {
    const { relation, object, sentence } = about;
    const said = [reason, relation, object].join("\u0000");
    if (this.#said.has(said)) return;
    this.#said.add(said);
    this.rejected.push({
      reason,
      detail,
      relation,
      object,
      quote: this.#sources.document.text.slice(sentence.start, sentence.end),
    });
  }
}

function doubtAbout(masked: string, topic: Topic | undefined, found: RegExpExecArray): Doubt | undefined {
  const end = Math.max(found.index + found[0].length, topic?.end ?? 0);
  const start = Math.min(found.index, topic?.end ?? found.index);
  return doubtOf(masked.slice(start, end), masked.slice(0, start), masked.slice(end));
}
