import { type Column, columnOf, concatTables, type Table } from "../../columns/index.ts";
import { calibrate } from "../calibrate/index.ts";
import { competitionOf } from "./compete.ts";
import type { Model } from "./model.ts";

/**
 * Puts the scored pairs of all shards together and adds to their weights what no pair tells by itself, each as a column of its
 * own, log2 of odds: `competition`, what the rivals of a pair make of it, and then `calibration`, what labelled pairs
 * taught of the weights so far, where the model has learnt it.
 */
export function settleWeights(scored: readonly Table[], model: Model): Table {
  const table = concatTables([...scored]);
  const { calibration } = model;
  const competition = competitionOf(table, model);
  const weight = columnOf(table, "weight", "number").values.map((one, i) => one + (competition[i] as number));
  const moved = weight.map((one) => (calibration === undefined ? 0 : calibrate(calibration, one) - one));
  const settled = weight.map((one, i) => one + (moved[i] as number));
  const number = (name: string, values: Float64Array): Column => ({ kind: "number", name, values });
  return {
    rowCount: table.rowCount,
    columns: [
      ...table.columns.map((column) => (column.name === "weight" ? number("weight", settled) : column)),
      number("competition", competition),
      number("calibration", moved),
    ],
  };
}
