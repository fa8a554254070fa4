import { parseArgs } from "node:util";
import { filmsUnsupervised } from "./accuracy/films-unsupervised.ts";
import { erMagellan } from "./accuracy/er-magellan.ts";
import { hardMoviesSupervised } from "./accuracy/hard-movies-supervised.ts";
import { personsUnsupervised } from "./accuracy/persons.ts";
import { halfNamed, measureRows } from "./accuracy/measure-rows.ts";
import type { AccuracyRow } from "./accuracy/row.ts";
import { reportBench } from "./lib/report.ts";

/**
 * The accuracy table of issue 4, each row beside the trivial rule and the published figures, with the number of settings that
 * were tried on its data: node bench/accuracy.ts [--half even|odd|all] [--only ROW,ROW] [--final]
 *
 * Development looks at the even half and at validation splits; `--final` reads the test splits, once, at the end.
 */
const rows: readonly AccuracyRow[] = [filmsUnsupervised, personsUnsupervised, hardMoviesSupervised, erMagellan];

const { values } = parseArgs({
  options: {
    half: { type: "string", default: "even" },
    only: { type: "string" },
    final: { type: "boolean", default: false },
  },
});

const options = { half: halfNamed(values.half), final: values.final };
const { figures, bars, problems } = await measureRows(chosenRows(values.only), options);
reportBench("accuracy", figures, bars, problems);

function chosenRows(only: string | undefined): readonly AccuracyRow[] {
  const names = only?.split(",") ?? rows.map(({ name }) => name);
  const unknown = names.filter((name) => !rows.some((row) => row.name === name));
  if (unknown.length > 0) throw new Error(`no row ${unknown}; there are ${rows.map(({ name }) => name).join(", ")}`);
  return rows.filter(({ name }) => names.includes(name));
}
