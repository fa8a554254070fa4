import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { pairRecords, planPairs } from "../src/linkage/supervised/pair-records.ts";
import { makeFeatures } from "../src/linkage/supervised/features/make-features.ts";
import { boostTrees, logOddsOf, logistic } from "../src/linkage/supervised/trees/boost.ts";
import { matrixRows } from "../src/linkage/supervised/trees/feature-matrix.ts";
import { hash53 } from "../src/base/index.ts";
import { writeFileSync } from "node:fs";
const D = "/work/shared/data/er-magellan/";
const load = (f: string) => { const [columns, ...rows] = parse(readFileSync(f)) as string[][]; return { file: f, columns: columns!, rows }; };
const sets = process.argv[2] ? process.argv[2].split(",") : ["abt-buy", "amazon-google", "walmart-amazon", "dblp-acm", "fodors-zagats"];
const context = process.argv[3] !== "nocontext";
export const settings = { roundsMax: 600, patience: 40, learningRate: 0.05, leavesMax: 16, depthMax: 6, leafRowsMin: 10, leafHessianMin: 1, leafPenalty: 1, gainMin: 0, rowShare: 0.8, featureShare: 0.4, seed: 1 };
const f1 = (p: ArrayLike<number>, y: ArrayLike<number>, t = 0.5) => { let tp = 0, fp = 0, fn = 0; for (let i = 0; i < y.length; i++) { const m = p[i]! >= t; if (m && y[i]) tp++; else if (m) fp++; else if (y[i]) fn++; } return 2 * tp / (2 * tp + fp + fn); };
for (const set of sets) {
  const t0 = process.cpuUsage();
  const train = load(`${D}${set}/train.csv`), valid = load(`${D}${set}/valid.csv`), test = load(`${D}${set}/test.csv`);
  test.columns[0] = "unlabelled"; for (const r of test.rows) r[0] = "";
  const ignore = set === "fodors-zagats" ? ["class"] : [];
  const plan = planPairs([train], ignore);
  const pairs = pairRecords([train, valid, test], ignore, plan);
  if (process.argv[4] === "plan") console.log(plan.map((p) => p.fields.map((f) => `${f.field.name}:${f.field.kind}${f.field.list ? "[]" : ""}${f.aligned ? "" : "!"}`).join(" ")).join("\n"));
  const all = makeFeatures(pairs, { context });
  const cpu = process.cpuUsage(t0); 
  const n = train.rows.length + valid.rows.length;
  const y = Uint8Array.from([...train.rows, ...valid.rows], (r) => Number(r[0]));
  const M = matrixRows(all, Int32Array.from({ length: n }, (_, i) => i));
  const keys = Float64Array.from([...train.rows, ...valid.rows], (r) => hash53(JSON.stringify(r.slice(1))));
  // 5-fold CV on train+valid: inside each fold, one of the other folds for early stopping
  const fold = Uint8Array.from(keys, (k) => hash53(String(k), 7) % 5);
  const oof = new Float64Array(n);
  const rowsOf = (t: (i: number) => boolean) => Int32Array.from([...Array(n).keys()].filter(t));
  const L = (rows: Int32Array) => ({ matrix: matrixRows(M, rows), labels: Uint8Array.from(rows, (i) => y[i]!), keys: Float64Array.from(rows, (i) => keys[i]!) });
  const rounds: number[] = []; const imp = new Map<number, number>();
  for (let f = 0; f < 5; f++) {
    const a = rowsOf((i) => fold[i] !== f && fold[i] !== (f + 1) % 5), b = rowsOf((i) => fold[i] === (f + 1) % 5), c = rowsOf((i) => fold[i] === f);
    const m = boostTrees(L(a), L(b), settings);
    rounds.push(m.trees.length);
    for (const t of m.trees) t.feature.forEach((x, i) => { if (x >= 0) imp.set(x, (imp.get(x) ?? 0) + t.gain[i]!); });
    logOddsOf(m, matrixRows(M, c)).forEach((v, j) => { oof[c[j]!] = logistic(v); });
  }
  const cpu2 = process.cpuUsage(t0);
  const best = Math.max(...Array.from({ length: 19 }, (_, i) => f1(oof, y, (i + 1) / 20)));
  console.log(set, "features", M.names.length, "oof F1", f1(oof, y).toFixed(4), "best", best.toFixed(4), "rounds", rounds.join(","), "cpu", ((cpu.user) / 1e6).toFixed(1), ((cpu2.user) / 1e6).toFixed(1));
  if (process.argv[4] === "imp" || process.argv[4] === "plan") console.log([...imp].sort((a, b) => b[1] - a[1]).slice(0, 25).map(([f, g]) => `${g.toFixed(0)} ${M.names[f]}`).join("\n"));
  if (process.argv[4] === "dump") { writeFileSync(`/tmp/exp/${set}.csv`, ["y,fold," + M.names.map((s) => s.replaceAll(",", ";")).join(","), ...Array.from({ length: n }, (_, i) => [y[i], fold[i], ...M.columns.map((c) => c[i])].join(","))].join("\n")); }
}
