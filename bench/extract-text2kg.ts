/**
 * Precision and recall of the rule extractor on Text2KGBench's movie ontology (wikidata_tekgen), strict and micro: a
 * triple counts only if subject, relation and object all equal a gold triple of that sentence. Nothing is tuned here;
 * the mapping from its relations to ours stands in this file alone.
 *
 *   KINDRED_DATA=../shared/data node bench/extract-text2kg.ts [--show 40] [--verified]
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Document, extractClaims, ruleExtractor } from "../src/infer/index.ts";
import { type Claim, filmOntology } from "../src/ontology/index.ts";
import { reportBench } from "./lib/report.ts";

/** Our relation -> theirs; `inverse` where ours goes from the person to the work. */
const mapping: Readonly<Record<string, { readonly label: string; readonly inverse?: boolean }>> = {
  directed: { label: "director", inverse: true },
  wrote: { label: "screenwriter", inverse: true },
  acted_in: { label: "cast member", inverse: true },
  based_on: { label: "based on" },
  about: { label: "main subject" },
  has_genre: { label: "genre" },
  released_in: { label: "publication date" },
  from_country: { label: "country of origin" },
};

interface Triple {
  readonly sub: string;
  readonly rel: string;
  readonly obj: string;
}

const folder = join(process.env.KINDRED_DATA ?? "../shared/data", "text2kg/wikidata_tekgen");
if (!existsSync(folder)) {
  reportBench("extract-text2kg", {}, {}, [`no data in ${folder}: set KINDRED_DATA`]);
  process.exit();
}
const showCount =
  Number(process.argv[process.argv.indexOf("--show") + 1] || 0) * Number(process.argv.includes("--show"));
const verified = new Set(
  readFileSync(join(folder, "manually_verified_sentences/selected_ont_1_movie.txt"), "utf8").split(/\s+/),
);
const lines = readFileSync(join(folder, "ground_truth/1_movie.jsonl"), "utf8").trim().split("\n");
const gold = lines
  .map((line) => JSON.parse(line) as { id: string; sent: string; triples: Triple[] })
  .filter(({ id }) => !process.argv.includes("--verified") || verified.has(id));
const documents = gold.map(({ id, sent }): Document => ({ id, text: sent }));
const started = process.cpuUsage();
const { claims, rejected } = await extractClaims({ documents, ontology: filmOntology, extractor: ruleExtractor() });
const used = process.cpuUsage(started);

const labels = new Set(Object.values(mapping).map(({ label }) => label));
const goldKeys = new Map(
  gold.map(({ id, triples }) => [id, new Set(triples.filter(({ rel }) => labels.has(rel)).map(keyOf))]),
);
const counts = new Map<string, { found: number; right: number; gold: number }>();
const countOf = (relation: string) => {
  const count = counts.get(relation) ?? { found: 0, right: 0, gold: 0 };
  counts.set(relation, count);
  return count;
};
for (const keys of goldKeys.values()) for (const key of keys) countOf(key.split("\t")[1] as string).gold++;
let shown = 0;
for (const claim of claims) {
  const triple = tripleOf(claim);
  if (triple === undefined) continue;
  const id = documentOf(claim);
  const isRight = goldKeys.get(id)?.has(keyOf(triple)) ?? false;
  const count = countOf(triple.rel);
  count.found++;
  if (isRight) count.right++;
  else if (shown++ < showCount) console.log(`${id}\t${triple.sub} | ${triple.rel} | ${triple.obj}`);
}

console.log(
  `${documents.length} sentences, ${claims.length} claims, ${rejected.length} rejected, ` +
    `${((used.user + used.system) / 1e6).toFixed(2)} CPU-s`,
);
const total = { found: 0, right: 0, gold: 0 };
for (const [relation, count] of [...counts].sort()) {
  console.log(row(relation, count));
  total.found += count.found;
  total.right += count.right;
  total.gold += count.gold;
}
console.log(row("all, micro", total));
const { precision, recall, f1 } = scores(total);
reportBench(
  "extract-text2kg",
  { precision, recall, f1, claims: claims.length, "CPU seconds": (used.user + used.system) / 1e6 },
  {},
  problemsOf(),
);

/** What is wrong with the output itself: a quote that is not found again, byte for byte, or a truth that was not read. */
function problemsOf(): string[] {
  const textOfDocument = new Map(documents.map(({ id, text }) => [id, Buffer.from(text)]));
  const torn = claims.filter((claim) =>
    claim.provenance.some(
      (origin) =>
        origin.kind === "document" &&
        textOfDocument.get(origin.document)?.subarray(origin.startByte, origin.endByte).toString() !== origin.quote,
    ),
  );
  const sentences = process.argv.includes("--verified") ? verified.size : lines.length;
  return [
    ...(torn.length > 0 ? [`${torn.length} claims whose quote is not in their sentence`] : []),
    ...(total.gold === 0 ? ["no gold triple was read"] : []),
    ...(sentences < documents.length ? [`${documents.length} sentences, and only ${sentences} are there`] : []),
  ];
}

function tripleOf({ subject, relation, object }: Claim): Triple | undefined {
  const mapped = mapping[relation];
  if (mapped === undefined) return undefined;
  const [sub, obj] = mapped.inverse === true ? [textOf(object), textOf(subject)] : [textOf(subject), textOf(object)];
  return { sub, rel: mapped.label, obj };
}

function textOf(side: Claim["subject"] | Claim["object"]): string {
  if (side.kind === "mention") return side.name;
  return side.kind === "literal" ? String(side.value) : side.id;
}

function documentOf(claim: Claim): string {
  const [provenance] = claim.provenance;
  return provenance?.kind === "document" ? provenance.document : "";
}

/** Gold dates are days ("01 January 2003"); ours are years. Gold spaces its punctuation ("Bleach : Hell Verse"). */
function keyOf({ sub, rel, obj }: Triple): string {
  const object =
    rel === "publication date" ? (/\d{4}/.exec(obj)?.[0] ?? obj) : rel === "genre" ? obj.replace(/ film$/i, "") : obj;
  return [plain(sub), rel, plain(object)].join("\t");
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

interface Count {
  readonly found: number;
  readonly right: number;
  readonly gold: number;
}

function scores({ found, right, gold: expected }: Count): { precision: number; recall: number; f1: number } {
  const precision = found === 0 ? 0 : right / found;
  const recall = expected === 0 ? 0 : right / expected;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

function row(name: string, count: Count): string {
  const { found, right, gold: expected } = count;
  const figures = Object.values(scores(count))
    .map((value) => value.toFixed(3))
    .join("  ");
  return `${name.padEnd(18)} ${String(found).padStart(5)} found ${String(right).padStart(5)} right ${String(expected).padStart(5)} gold   P R F1 ${figures}`;
}
