import { z } from "zod";
import { isKindOf, literalTypes, maxTypeDepth, type Ontology } from "./ontology.ts";

/** The most entity types, and the most relation types, an ontology may have. */
const maxOntologyTypes = 1000;

const typeName = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,63}$/,
    "expected a name of lower-case letters, digits and _, starting with a letter, at most 64",
  );

const entityType = z.strictObject({
  name: typeName,
  label: z.string().min(1),
  doc: z.string(),
  broader: typeName.exactOptional(),
});

const relationType = z.strictObject({
  name: typeName,
  label: z.string().min(1),
  doc: z.string(),
  domain: z.array(typeName).min(1),
  range: z.union([z.enum(literalTypes), z.array(typeName).min(1)], {
    error: `expected a list of entity types or one of ${literalTypes.join(", ")}`,
  }),
  cardinality: z.enum(["one", "many"]),
});

/** An ontology as JSON or YAML holds it: checked for shape, and that every name it uses is one it declares, once. */
export const ontologySchema: z.ZodType<Ontology> = z
  .strictObject({
    name: z.string().min(1),
    version: z.string().min(1),
    entityTypes: z.array(entityType).min(1).max(maxOntologyTypes),
    relationTypes: z.array(relationType).max(maxOntologyTypes),
  })
  .superRefine((ontology, context) => {
    for (const problem of namingProblems(ontology)) {
      context.addIssue({ code: "custom", path: problem.path, message: problem.message });
    }
  });

interface NamingProblem {
  readonly path: (string | number)[];
  readonly message: string;
}

function namingProblems(ontology: Ontology): NamingProblem[] {
  return [
    ...repeatedNames("entityTypes", ontology.entityTypes),
    ...repeatedNames("relationTypes", ontology.relationTypes),
    ...broaderProblems(ontology),
    ...relationProblems(ontology),
  ];
}

function repeatedNames(list: string, types: readonly { readonly name: string }[]): NamingProblem[] {
  const seen = new Set<string>();
  return types.flatMap(({ name }, index) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ path: [list, index, "name"], message: `"${name}" is declared twice` }];
  });
}

function broaderProblems(ontology: Ontology): NamingProblem[] {
  return ontology.entityTypes.flatMap(({ name, broader }, index) => {
    if (broader === undefined) return [];
    const path = ["entityTypes", index, "broader"];
    if (!declares(ontology, broader)) return [{ path, message: unknownName(ontology, broader) }];
    if (isKindOf(ontology, broader, name)) return [{ path, message: `"${name}" is broader than itself` }];
    return chainLength(ontology, name) > maxTypeDepth
      ? [{ path, message: `"${name}" stands under more than ${maxTypeDepth} broader types` }]
      : [];
  });
}

function chainLength(ontology: Ontology, name: string): number {
  let length = 0;
  let current: string | undefined = name;
  while (current !== undefined && length <= maxTypeDepth) {
    length++;
    const at: string = current;
    current = ontology.entityTypes.find((type) => type.name === at)?.broader;
  }
  return length;
}

function relationProblems(ontology: Ontology): NamingProblem[] {
  return ontology.relationTypes.flatMap((relation, index) =>
    (["domain", "range"] as const).flatMap((side) => {
      const names = relation[side];
      if (typeof names === "string") return [];
      return names
        .filter((name) => !declares(ontology, name))
        .map((name) => ({ path: ["relationTypes", index, side], message: unknownName(ontology, name) }));
    }),
  );
}

function declares(ontology: Ontology, name: string): boolean {
  return ontology.entityTypes.some((type) => type.name === name);
}

function unknownName(ontology: Ontology, name: string): string {
  return `"${name}" is no entity type of this ontology; expected one of ${ontology.entityTypes.map((type) => type.name).join(", ")}`;
}
