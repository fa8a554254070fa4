/** The deepest objects whose members become columns of their own; what lies deeper stays JSON. */
export const nestingMax = 8;
/** Beyond these a tree of wanted paths is not worth its memory. */
const nodesMax = 50_000;

/** A place in the tree of wanted paths: what the keys lead to that lead here. */
export interface PathNode {
  /** The place of the column that a value here belongs to, or -1. */
  column: number;
  /** Keys from the top, 0 for the record itself. */
  readonly depth: number;
  readonly children: Map<string, PathNode>;
}

/** The wanted columns of a JSON source and the tree of their paths. */
export interface WantedColumns {
  readonly columns: readonly string[];
  readonly tree: PathNode;
}

/**
 * The tree of the keys that lead to columns, `a.b` being the member `b` of `a` or a member that is itself called `a.b`.
 * Undefined when that are too many ways.
 */
export function pathTree(columns: readonly string[]): PathNode | undefined {
  const root: PathNode = { column: -1, depth: 0, children: new Map() };
  let nodes = 1;
  const add = (from: PathNode, parts: readonly string[], column: number): void => {
    for (let taken = 1; taken <= parts.length && nodes <= nodesMax; taken++) {
      const key = parts.slice(0, taken).join(".");
      const known = from.children.get(key);
      const node = known ?? { column: -1, depth: from.depth + 1, children: new Map() };
      if (taken < parts.length && node.depth >= nestingMax) continue;
      if (known === undefined) {
        from.children.set(key, node);
        nodes++;
      }
      if (taken === parts.length) node.column = column;
      else add(node, parts.slice(taken), column);
    }
  };
  columns.forEach((name, column) => {
    add(root, name.split("."), column);
  });
  return nodes <= nodesMax ? root : undefined;
}
