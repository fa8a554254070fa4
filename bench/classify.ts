import { parseArgs } from "node:util";
import { erMagellan } from "./accuracy/er-magellan.ts";
import { hardMoviesSupervised } from "./accuracy/hard-movies-supervised.ts";
import { halfNamed, measureRows } from "./accuracy/measure-rows.ts";
import { reportBench } from "./lib/report.ts";

/**
 * `kindred classify` beside published figures: node bench/classify.ts [--only er-magellan|hard-movies-supervised] [--half even|odd|all]
 * [--final]. Without `--final` no test split is opened, and without `--half` only the even half of the films is.
 */
const { values } = parseArgs({
  options: {
    only: { type: "string" },
    half: { type: "string", default: "even" },
    final: { type: "boolean", default: false },
  },
});

const rows = [hardMoviesSupervised, erMagellan].filter(({ name }) => values.only === undefined || values.only === name);
if (rows.length === 0) throw new Error(`--only ${values.only}: er-magellan or hard-movies-supervised`);
const { figures, bars, problems } = await measureRows(rows, { half: halfNamed(values.half), final: values.final });
reportBench("classify", figures, bars, problems);
