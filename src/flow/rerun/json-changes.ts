/** A place where two JSON values differ. */
export interface JsonChange {
  /** `counts.film[3]`; empty for the whole. */
  readonly path: string;
  /** What was there; undefined where there was nothing. */
  readonly before: unknown;
  /** What is there now; undefined where there is nothing. */
  readonly after: unknown;
}

/** Changes that are listed of two values; more of them say no more. */
const changesMax = 100;

/** Where two JSON values differ, the deepest places in the order of the first, at most 100 of them. */
export function jsonChanges(before: unknown, after: unknown): JsonChange[] {
  const changes: JsonChange[] = [];
  collect("", before, after, changes);
  return changes;
}

function collect(path: string, before: unknown, after: unknown, changes: JsonChange[]): void {
  if (changes.length >= changesMax || Object.is(before, after)) return;
  if (!isInner(before) || !isInner(after) || Array.isArray(before) !== Array.isArray(after)) {
    changes.push({ path, before, after });
    return;
  }
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  for (const name of new Set([...Object.keys(old), ...Object.keys(now)])) {
    // What every object inherits is no field of it.
    const [left, right] = [own(old, name), own(now, name)];
    collect(Array.isArray(before) ? `${path}[${name}]` : join(path, name), left, right, changes);
  }
}

function own(value: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function join(path: string, name: string): string {
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}

function isInner(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
