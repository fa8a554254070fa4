import { KindredError } from "../../base/index.ts";

/** The namespace that is written by a promote alone. */
export const productionNamespace = "prod";

/** The project of runs that name none. */
export const defaultProject = "default";

const plainName = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;
const personalNamespace = /^(user|test)\.(.+)$/;

/** Whose run it is, as the command line is told. */
export interface NamespaceChoice {
  readonly user: string;
  readonly branch?: string | undefined;
  readonly production?: boolean | undefined;
}

/**
 * The namespace of a run, by Metaflow's rules: `user.<name>` by default, `test.<branch>`, `prod`.
 * @throws argument-invalid for a branch that is no plain name, or for a branch of production
 */
export function namespaceOf({ user, branch, production = false }: NamespaceChoice): string {
  if (production && branch !== undefined) {
    throw new KindredError("argument-invalid", {
      seen: `a run on the branch "${branch}" and in production`,
      expected: "one of the two",
      hint: "Run on the branch, look at the result, then: kindred promote RUN",
    });
  }
  if (production) return productionNamespace;
  if (branch === undefined) return `user.${user.replace(/[^A-Za-z0-9._-]+|^[.-]|\.\.+/g, "_").slice(0, 100) || "_"}`;
  assertPlainName(branch, "branch");
  return `test.${branch}`;
}

/**
 * A name of a branch, a project or a data set: letters, digits, `.`, `_` and `-`, so that it is safe in a path and none
 * stands for another place. @throws argument-invalid
 */
export function assertPlainName(name: string, what: "branch" | "project" | "data set"): void {
  if (isPlainName(name)) return;
  const seen = `the ${what} ${JSON.stringify(name)}`;
  throw new KindredError("argument-invalid", { seen, expected: plainNameWords });
}

/** What {@link isPlainName} asks for. */
export const plainNameWords = "letters, digits, . _ and -, at most 100, not beginning with . or -, without ..";

/** True for what may be the name of a branch, a project or a data set. */
export function isPlainName(name: string): boolean {
  return plainName.test(name) && !name.includes("..");
}

/**
 * Checks that a namespace is one there can be, and that it is the branch's own where there is a branch: a label that only looks
 * like another namespace is none. @throws argument-invalid
 */
export function assertNamespace(namespace: string, branch: string | undefined): void {
  const personal = personalNamespace.exec(namespace);
  const isNamespace = namespace === productionNamespace || isPlainName(personal?.[2] ?? "");
  const ofBranch = branch === undefined || namespace === productionNamespace ? null : `test.${branch}`;
  const isOfBranch = personal?.[1] !== "test" || ofBranch === null || ofBranch === namespace;
  const isForged = namespace === productionNamespace && branch !== undefined;
  if (isNamespace && isOfBranch && !isForged) return;
  throw new KindredError("argument-invalid", {
    seen: `the namespace ${JSON.stringify(namespace)}${branch === undefined ? "" : ` on the branch "${branch}"`}`,
    expected: "user.NAME, test.BRANCH of the same branch, or prod without a branch",
  });
}
