import { KindredError } from "../base/index.ts";
import type { EntityType, LiteralType, Ontology, RelationType } from "./ontology.ts";
import { ontologySchema } from "./ontology-schema.ts";

/** What {@link defineOntology} takes: an {@link Ontology} whose type names the compiler knows. */
export interface OntologyDefinition<Name extends string> {
  readonly name: string;
  readonly version: string;
  readonly entityTypes: readonly (Omit<EntityType, "name" | "broader"> & {
    readonly name: Name;
    readonly broader?: NoInfer<Name>;
  })[];
  readonly relationTypes: readonly (Omit<RelationType, "domain" | "range"> & {
    readonly domain: readonly NoInfer<Name>[];
    readonly range: readonly NoInfer<Name>[] | LiteralType;
  })[];
}

/**
 * Declares an ontology in a typed file: a domain, range or broader type that names no entity type is a compile error.
 * @throws config-invalid for what the compiler cannot see: two types of one name, a type broader than itself
 */
export function defineOntology<const Name extends string>(definition: OntologyDefinition<Name>): Ontology {
  return parseOntology(definition);
}

/**
 * Checks outside data (JSON or YAML, already read) as an ontology.
 * @param file named in the message
 * @throws config-invalid with every problem found, each with its path
 */
export function parseOntology(data: unknown, file?: string): Ontology {
  const result = ontologySchema.safeParse(data);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".") || "the whole"}: ${issue.message}`);
  throw new KindredError("config-invalid", {
    seen: `the ontology does not hold together: ${problems.join("; ")}`,
    expected:
      "name, version, entityTypes (name, label, doc, broader?), relationTypes (name, label, doc, domain, range, cardinality)",
    ...(file === undefined ? {} : { where: { file } }),
  });
}
