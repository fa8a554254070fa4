import { textsAt } from "../../columns/index.ts";
import { foldLabel } from "../fold-label.ts";
import type { Graph } from "../graph.ts";
import type { TokenHit } from "../store/token-index.ts";
import type { SearchHit } from "../views.ts";
import { type Query, readQuery } from "./query.ts";
import { answerLength, summary, typeFilter } from "./summary.ts";
import { topPlaces } from "./top-places.ts";

const usualLimit = 10;
/** The most words of the index that the beginning of one word of the query stands for. */
const maxPrefixWords = 500;
const maxTypoWords = 12;
/** Entities looked at closely, by label: the best by their words. */
const maxCloseLooks = 400;
/** Shorter words have too few trigrams to be found by them. */
const minTypoLength = 4;

const prefixWeight = 0.75;
const typoWeight = 0.6;

/** What a year of the query is worth in a label ("Blade Runner 2049"). */
const yearInLabel = 0.3;
const leadingArticle = /^(?:the|a|an) (?=.)/;

/** How to search. */
export interface SearchOptions {
  /** Only this entity type or its narrower ones (`work` finds films and series). */
  readonly type?: string;
  /** Default 10. */
  readonly limit?: number;
}

/**
 * Entities whose labels fit the text, best first: by words weighted by how rare they are (their beginnings count too, and
 * near spellings where a word is unknown), then the whole label; a year in the text ("psycho 1960") prefers entities of
 * that year; of equals the one that more sources know and more claims bind.
 */
export function search(graph: Graph, text: string, { type, limit }: SearchOptions = {}): SearchHit[] {
  const query = readQuery(text);
  const types = type === undefined ? undefined : typeFilter(graph, type);
  const wordScores = scoreWords(graph, query);
  const places = types
    ? [...wordScores.keys()].filter((place) => types.has(graph.entities.types[place] as number))
    : wordScores.keys();
  const wordScore = (place: number): number =>
    (wordScores.get(place) ?? 0) + fame(graph, place) + yearBonus(graph, query, place);
  const close = topPlaces(places, wordScore, maxCloseLooks);
  const scores = new Map(close.map((place) => [place, wordScore(place) + labelBonus(graph, query, place)]));
  const best = topPlaces(close, (place) => scores.get(place) ?? 0, answerLength(limit, usualLimit));
  return best.map((place) => ({
    ...summary(graph, place),
    score: Number((scores.get(place) ?? 0).toFixed(4)),
    sourceCount: graph.entities.sourceCounts[place] as number,
    degree: graph.degrees[place] as number,
  }));
}

/**
 * The part of the query's words, by rarity, that each entity's labels hold: 1 when all are there. A word that may be a
 * year is not asked for, but counts where a label has it.
 */
function scoreWords(graph: Graph, query: Query): Map<number, number> {
  const scores = new Map<number, number>();
  const isYear = (word: string): boolean => query.year !== undefined && word === String(query.year);
  const rarities = query.tokens.map((word) => rarity(graph, word));
  const total = rarities.reduce((sum, value, i) => sum + (isYear(query.tokens[i] as string) ? 0 : value), 0);
  query.tokens.forEach((word, i) => {
    const best = new Map<number, number>();
    for (const { token, likeness } of wordHits(graph, word, i === query.tokens.length - 1)) {
      for (const place of graph.tokens.entitiesOf(token)) best.set(place, Math.max(likeness, best.get(place) ?? 0));
    }
    const share = isYear(word) ? yearInLabel : (rarities[i] as number) / total;
    for (const [place, likeness] of best) scores.set(place, (scores.get(place) ?? 0) + share * likeness);
  });
  return scores;
}

/** The last word may still be being typed, so words that begin with it count beside the word itself. */
function wordHits(graph: Graph, word: string, isLast: boolean): TokenHit[] {
  const { tokens } = graph;
  const exact = tokens.exact(word);
  const hits: TokenHit[] = exact === undefined ? [] : [{ token: exact, likeness: 1 }];
  if (isLast || exact === undefined) {
    for (const { token, likeness } of tokens.withPrefix(word, maxPrefixWords)) {
      if (token !== exact) hits.push({ token, likeness: prefixWeight * likeness });
    }
  }
  if (exact === undefined && word.length >= minTypoLength) {
    for (const { token, likeness } of tokens.nearly(word, maxTypoWords))
      hits.push({ token, likeness: typoWeight * likeness });
  }
  return hits;
}

function rarity(graph: Graph, word: string): number {
  const token = graph.tokens.exact(word);
  const count = token === undefined ? 0 : graph.tokens.entitiesOf(token).length;
  return Math.log(1 + graph.entities.count / (1 + count));
}

/** Too small to outweigh a word; enough to settle ties. */
function fame(graph: Graph, place: number): number {
  return (
    0.02 * Math.log1p(graph.entities.sourceCounts[place] as number) + 0.005 * Math.log1p(graph.degrees[place] as number)
  );
}

function yearBonus(graph: Graph, { year }: Query, place: number): number {
  if (year === undefined) return 0;
  const distance = Math.abs((graph.entities.years[place] as number) - year);
  if (distance === 0) return 0.5;
  return distance === 1 ? 0.2 : 0;
}

/** The whole label beats its beginning, and that beats words somewhere in it; other labels count a little less. */
function labelBonus(graph: Graph, query: Query, place: number): number {
  const own = labelFit(query, foldLabel(graph.entities.labelOf(place)));
  if (own === 1) return own;
  const others = textsAt(graph.entities.alternatives, place).map((label) => 0.8 * labelFit(query, foldLabel(label)));
  return Math.max(own, ...others);
}

function labelFit(query: Query, label: string): number {
  if (label === query.fold || label === query.foldWithoutYear) return 1;
  const [plain, fold] = [withoutArticle(label), withoutArticle(query.fold)];
  const foldWithoutYear = withoutArticle(query.foldWithoutYear);
  if (plain === fold || plain === foldWithoutYear) return 0.95;
  const begins = plain.startsWith(`${foldWithoutYear} `) || plain.startsWith(`${fold} `);
  const length = Math.max(plain.length, 1);
  return begins ? 0.4 + (0.2 * foldWithoutYear.length) / length : 0.2 * Math.min(1, fold.length / length);
}

function withoutArticle(fold: string): string {
  return fold.replace(leadingArticle, "");
}
