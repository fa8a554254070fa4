import { KindredError } from "../../../base/index.ts";
import { dictionaryOf, nullId, type TextColumn } from "../../../columns/index.ts";
import { readVector, writeVector } from "./vector.ts";

/** A model that makes vectors of texts, which the user supplies. The same text must always give the same vector. */
export interface Embedder {
  /** Texts that `embed` is given at once, at most. Default 64. */
  readonly batchSize?: number;
  /** One vector a text, in their order, all of one length. */
  embed(texts: readonly string[]): Promise<readonly ArrayLike<number>[]> | readonly ArrayLike<number>[];
}

const batchSizeDefault = 64;
/** Characters of texts and vectors that are kept for texts that come again. */
const keptCharactersMax = 64 * 1024 * 1024;
const shownMax = 40;

/** The vectors of a source's texts, each text given to the model once; once a batch where there are more than fit into 64 M characters. */
export class EmbeddedTexts {
  readonly #embedder: Embedder | null;
  /** What messages call the model and its field. */
  readonly #name: string;
  readonly #kept = new Map<string, string>();
  #keptCharacters = 0;
  #dimensions: number | null = null;

  /** Without an embedder the texts must be vectors already. */
  constructor(embedder: Embedder | null, name: string) {
    this.#embedder = embedder;
    this.#name = name;
  }

  /**
   * The column with a vector in place of each text, written as comparisons read it; none where there is no model and no vector.
   * @throws model-missing where there is no model and no text is a vector, config-invalid where the model's answer is none
   */
  async column(column: TextColumn): Promise<TextColumn> {
    const distinct = [...new Set(column.ids)].filter((id) => id !== nullId);
    const written = await this.#write(distinct.map((id) => column.dictionary.get(id)));
    const idByVector = new Map<string, number>();
    const idByText = new Map<number, number>([[nullId, nullId]]);
    for (const id of distinct) {
      const vector = written.get(column.dictionary.get(id));
      if (vector !== undefined && !idByVector.has(vector)) idByVector.set(vector, idByVector.size);
      idByText.set(id, vector === undefined ? nullId : (idByVector.get(vector) as number));
    }
    return {
      ...column,
      dictionary: dictionaryOf([...idByVector.keys()]),
      ids: column.ids.map((id) => idByText.get(id) as number),
    };
  }

  async #write(texts: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const written = new Map<string, string>();
    const asked: string[] = [];
    for (const text of texts) {
      const vector = this.#kept.get(text) ?? vectorText(text);
      if (vector !== null) written.set(text, vector);
      else asked.push(text);
    }
    if (this.#embedder === null) {
      if (written.size === 0 && asked.length > 0) throw modelMissing(this.#name, asked[0] as string);
      return written;
    }
    const size = this.#embedder.batchSize ?? batchSizeDefault;
    for (let from = 0; from < asked.length; from += size) {
      const some = asked.slice(from, from + size);
      const vectors = await this.#embedder.embed(some);
      this.#check(vectors, some.length);
      some.forEach((text, i) => {
        const vector = writeVector(vectors[i] as ArrayLike<number>);
        written.set(text, vector);
        this.#keep(text, vector);
      });
    }
    return written;
  }

  #keep(text: string, vector: string): void {
    const characters = text.length + vector.length;
    if (this.#keptCharacters + characters > keptCharactersMax) return;
    this.#kept.set(text, vector);
    this.#keptCharacters += characters;
  }

  #check(vectors: readonly ArrayLike<number>[], count: number): void {
    const lengths = new Set(Array.from(vectors, (vector) => vector.length));
    this.#dimensions ??= [...lengths][0] ?? 0;
    const sound =
      vectors.length === count &&
      lengths.size === 1 &&
      lengths.has(this.#dimensions) &&
      this.#dimensions > 0 &&
      vectors.every((vector) => Array.from(vector).every(Number.isFinite));
    if (sound) return;
    throw new KindredError("config-invalid", {
      seen: `the model of ${this.#name} made ${vectors.length} vectors of ${[...lengths].join(", ")} numbers out of ${count} texts`,
      expected: `one vector a text, in their order, of ${this.#dimensions || "one or more"} finite numbers each`,
    });
  }
}

/** A text that is a vector already, in the short form; null for any other. */
function vectorText(text: string): string | null {
  const vector = readVector(text);
  return vector && writeVector(vector);
}

function modelMissing(name: string, text: string): KindredError {
  return new KindredError("model-missing", {
    seen: `${name} holds texts, such as "${text.slice(0, shownMax)}"`,
    expected: "vectors, such as [0.1, -0.2], or a model that makes them",
    hint: 'name the model\'s module in the field: { kind: "embedding", model: "./model.ts" }',
  });
}
