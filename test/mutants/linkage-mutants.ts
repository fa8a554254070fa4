import type { Mutant } from "./mutant.ts";

const cluster = "src/linkage/cluster";
const union = (name: string) => ({ file: `${cluster}/constrained-union.test.ts`, name });
const whole = { file: "src/linkage/partitions.test.ts", name: "parts of a linkage make the whole of it" };
const groups = union("whatever is joined in whatever order, a group keeps to one value of a trait");

/** Faults of the linkage. */
export const linkageMutants: readonly Mutant[] = [
  {
    name: "drop a shard",
    file: "src/linkage/blocking/partition.ts",
    from: "(rowsByShard[shard] as GrowingInt32).push(row);",
    to: "if (shard > 0) (rowsByShard[shard] as GrowingInt32).push(row);",
    test: whole,
  },
  {
    name: "cut a shard and lose a cut",
    file: "src/linkage/blocking/select-part.ts",
    from: "shardOf(key, address.count) === address.index)) rows.push(row);",
    to: "shardOf(key, address.count) === 0)) rows.push(row);",
    test: whole,
  },
  {
    name: "keep the pairs of a block that is left out",
    file: "src/linkage/blocking/split-blocks.ts",
    from: "if (dropped.has(key)) continue;",
    to: "if (dropped.has(key) && hashesByKey.has(key)) continue;",
    test: { file: "src/linkage/linkage.test.ts", name: "leaves out a block that is too large, says so" },
  },
  {
    name: "swap a level",
    file: "src/linkage/compare/year.ts",
    from: "if (apart < 2) return 4;",
    to: "if (apart < 2) return 3;",
    test: { file: "src/linkage/compare/year.test.ts", name: "years count by how far they are apart" },
  },
  {
    name: "take a missing value for a difference",
    file: "src/linkage/compare/year.ts",
    from: "if (Number.isNaN(apart)) return nullLevel;",
    to: "if (Number.isNaN(apart)) return 1;",
    test: { file: "src/linkage/compare/year.test.ts", name: "a missing year is no evidence" },
  },
  {
    name: "let weights fall as agreement rises",
    file: "src/linkage/calibrate/monotone.ts",
    from: "pools.length > 1 &&",
    to: "pools.length > 2 &&",
    test: { file: "src/linkage/calibrate/monotone.test.ts", name: "values that fall are pooled" },
  },
  {
    name: "ignore cannot-link",
    file: `${cluster}/constrained-union.ts`,
    from: 'if (this.#apart.get(rootA)?.has(rootB)) return "decision";',
    to: "",
    test: groups,
  },
  {
    name: "forget who is kept apart when groups join",
    file: `${cluster}/constrained-union.ts`,
    from: "this.#moveApart(child, root);",
    to: "",
    test: union("two groups kept apart stay apart through every record that joins them"),
  },
  {
    name: "join two levels",
    file: `${cluster}/constrained-union.ts`,
    from: "return a !== b && a !== 0 && b !== 0;",
    to: "return a > b && b !== 0;",
    test: groups,
  },
  {
    name: "put two records of one source into an entity",
    file: `${cluster}/constrained-union.ts`,
    from: 'if (sourcesOnce && ((this.#sources[rootA] as number) & (this.#sources[rootB] as number)) !== 0) return "source";',
    to: "",
    test: groups,
  },
  {
    name: "let a file into a folder that production holds",
    file: "src/base/held-folder.ts",
    from: "await assertNotHeld(path);\n  await writeFileAtomic(path, data);",
    to: "await writeFileAtomic(path, data);",
    test: { file: "src/base/output-folder.test.ts", name: "takes no file from anybody" },
  },
  {
    name: "publish before everything is written",
    file: "src/base/output-folder.ts",
    from: "const staged = asidePath(out);",
    to: "const staged = out;",
    test: {
      file: "src/pipelines/linkage/publish.test.ts",
      name: "what cannot be published leaves the old folder as it was",
    },
  },
  {
    name: "judge the doubtful pairs before the sure ones",
    file: `${cluster}/judge-pairs.ts`,
    from: "return heaviestFirst(before, (row) => weight[row] as number);",
    to: "return heaviestFirst(before, (row) => -(weight[row] as number));",
    test: { file: `${cluster}/cluster.test.ts`, name: "gives a contested record to the surer pair" },
  },
  {
    name: "cut an entity anywhere but at its weakest link",
    file: `${cluster}/cut.ts`,
    from: "capacity[b * memberCount + a] = (capacity[b * memberCount + a] as number) + strength;",
    to: "capacity[b * memberCount + a] = strength === Number.POSITIVE_INFINITY ? strength : 1;",
    test: { file: `${cluster}/cut.test.ts`, name: "a cut of a small entity is the weakest of all there are" },
  },
];
