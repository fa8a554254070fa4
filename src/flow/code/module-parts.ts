import { bareCode } from "./bare-code.ts";

/** A statement at the top of a module, or several that could not be told apart. */
export interface ModulePart {
  readonly text: string;
  /** Its text without comments and texts: see {@link bareCode}. */
  readonly bare: string;
  /** The names that it gives a meaning. Null for a statement that does something when the module is loaded, whoever uses what. */
  readonly names: readonly string[] | null;
  /** Of an import, what it names: `["a as b", "c"]`, with the names that each gives a meaning. */
  readonly imports: readonly string[] | null;
}

const declaration = /^(?:import|export|const|let|var|function|async\s+function|class)(?![\w$])/;
const continuation = /^[.?:,)\]}=+*/%&|^<>-]/;
const identifier = /(?:(\.\.\.|\.)\s*)?([A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*)/g;

/** The names that code mentions, those of properties aside. */
export function namesIn(bare: string): Set<string> {
  const names = [...bare.matchAll(identifier)].filter(([, before]) => before !== ".").map(([, , name]) => name);
  return new Set(names as string[]);
}

/** Takes a module in JavaScript apart, statement by statement. Null for what cannot be followed. */
export function moduleParts(code: string): readonly ModulePart[] | null {
  const bare = bareCode(code);
  if (bare === null) return null;
  const starts = startsOfParts(bare);
  return starts.map((start, i) => partOf(code.slice(start, starts[i + 1]), bare.slice(start, starts[i + 1])));
}

/** Where a line outside of all brackets, or what follows a `;` there, does not go on with what was before. */
function startsOfParts(bare: string): number[] {
  const starts: number[] = [];
  let depth = 0;
  let mayStart = true;
  for (let at = 0; at < bare.length; at++) {
    const char = bare[at] as string;
    if (mayStart && depth === 0 && /\S/.test(char)) {
      if (char !== ";" && (starts.length === 0 || !continuation.test(char))) starts.push(at);
      mayStart = false;
    }
    if ("([{".includes(char)) depth += 1;
    else if (")]}".includes(char)) depth -= 1;
    else if (char === "\n" || (char === ";" && depth === 0)) mayStart = true;
  }
  return starts;
}

function partOf(text: string, bare: string): ModulePart {
  const trimmed = bare.trim();
  const plain = { text: text.trim(), bare, imports: null };
  // A part of one statement only: a second one on its line would have begun a part of its own.
  if (!declaration.test(trimmed)) return { ...plain, names: null };
  const imported = /^import(?![\w$])\s*([\s\S]*?)(?:\bfrom\s*)?(?:\bwith\s*\{[^}]*\}\s*)?;?$/.exec(trimmed)?.[1];
  if (imported !== undefined && !/^[(.]/.test(imported)) return importOf(plain, imported);
  if (imported !== undefined) return { ...plain, names: null };
  return { ...plain, names: declaredNames(trimmed.replace(/^export\s+(?:default\s+)?/, "")) };
}

function importOf(plain: Omit<ModulePart, "names">, clause: string): ModulePart {
  const imports = clause.split(/[{},]/).flatMap((each) => (each.trim() === "" ? [] : [each.trim()]));
  // `import "./side-effect.js"` names nothing, and may change everything.
  if (imports.length === 0) return { ...plain, names: null };
  return { ...plain, imports, names: imports.flatMap((each) => [...namesIn(each)]) };
}

function declaredNames(bare: string): string[] {
  const named = /^(?:async\s+)?(?:function\s*\*?|class)\s+([\w$\u0080-\uffff]+)/.exec(bare)?.[1];
  if (named !== undefined) return [named];
  if (!/^(?:const|let|var)\s/.test(bare)) return [];
  const heads = splitOutside(bare.replace(/^\w+/, ""), ",").map((each) => splitOutside(each, "=")[0] as string);
  return heads.flatMap((head) => [...namesIn(head)]);
}

/** Splits at a sign that stands in no bracket. */
function splitOutside(bare: string, sign: string): string[] {
  const pieces = [""];
  let depth = 0;
  for (const char of bare) {
    if ("([{".includes(char)) depth += 1;
    else if (")]}".includes(char)) depth -= 1;
    if (char === sign && depth === 0) pieces.push("");
    else pieces[pieces.length - 1] += char;
  }
  return pieces;
}
