import { sha256, stableJson } from "../../base/index.ts";
import type { StepCode } from "../flow.ts";
import { bareCode } from "./bare-code.ts";
import { type Mentions, mentionsIn, type Sources } from "./collect-sources.ts";
import { type ModulePart, moduleParts, namesIn } from "./module-parts.ts";

/** The files of a flow as far as its steps depend on them. */
export interface PrintedSources extends Sources {
  /** What tells one content of a file from another, by its absolute path, and of what is installed by {@link packagesKey}. */
  readonly prints: ReadonlyMap<string, string>;
}

/** What stands for all packages in {@link PrintedSources.prints}. */
export const packagesKey = "packages";

/** `function String() { [native code] }`: what Node itself does. A function that was bound has no name there. */
const nodeItself = /^function \w+\(\) \{ \[native code\] \}$/;

/**
 * For each step a SHA-256 over all code that it can reach: its own functions, what they name in their module, and from there files
 * and packages, as whole ones. A step whose print is what it was does what it did. What modules do to each other while they are
 * loaded is not seen. A step whose functions are not found where they can name nothing but the module's own (made by other functions,
 * say) is taken to reach everything.
 */
export function stepPrints(
  code: ReadonlyMap<string, StepCode>,
  sources: PrintedSources,
): Readonly<Record<string, string>> {
  const functions = new Map([...code].map(([step, each]) => [step, textsOf(each)]));
  const homes = new StepHomes([...functions.values()].flat(), sources);
  const prints = [...functions].map(([step, texts]) => {
    const reached = new Reached(sources, homes);
    for (const text of texts) reached.addFunction(text);
    return [step, reached.print(texts)] as const;
  });
  return Object.fromEntries(prints);
}

function textsOf({ task, when, over, key, size }: StepCode): string[] {
  return [task, when, over, key, size].flatMap((each) => (each === undefined ? [] : [String(each)]));
}

/** The modules of a flow, taken apart where the functions of steps are looked for. */
class StepHomes {
  readonly entry: string;
  private readonly functions: readonly string[];
  private readonly texts: ReadonlyMap<string, string>;
  private readonly parts = new Map<string, readonly ModulePart[] | null>();
  private readonly tops = new Map<ModulePart, boolean>();

  constructor(functions: readonly string[], { texts }: Sources) {
    // The longest first: one may stand within another.
    this.functions = [...new Set(functions)].sort((a, b) => b.length - a.length);
    this.texts = texts;
    this.entry = [...texts.keys()][0] as string;
  }

  /** The file where a function is written at the top of the module, so that it can name nothing but what the module has. */
  of(text: string): string | null {
    for (const [file, code] of this.texts) {
      if (!code.includes(text)) continue;
      const parts = this.partsOf(file)?.filter((part) => part.text.includes(text)) ?? [];
      return parts.length > 0 && parts.every((part) => this.isTop(part)) ? file : null;
    }
    return null;
  }

  partsOf(file: string): readonly ModulePart[] | null {
    const known = this.parts.get(file);
    if (known !== undefined) return known;
    const parts = moduleParts(this.texts.get(file) ?? "");
    this.parts.set(file, parts);
    return parts;
  }

  /** Without the functions of steps nothing of it is a function that could hold names of its own. */
  private isTop(part: ModulePart): boolean {
    const known = this.tops.get(part);
    if (known !== undefined) return known;
    const rest = this.functions.reduce((text, each) => text.replaceAll(each, "0"), part.text);
    const bare = bareCode(rest);
    const isTop = bare !== null && !/=>|\b(?:function|class)\b/.test(bare);
    this.tops.set(part, isTop);
    return isTop;
  }
}

/** What one step reaches. */
class Reached {
  private readonly sources: PrintedSources;
  private readonly homes: StepHomes;
  private readonly found = new Set<string>();
  private readonly files = new Set<string>();
  private readonly parts = new Set<ModulePart>();

  constructor(sources: PrintedSources, homes: StepHomes) {
    this.sources = sources;
    this.homes = homes;
  }

  print(texts: readonly string[]): string {
    return sha256(stableJson([texts, [...this.found].sort()]));
  }

  addFunction(text: string): void {
    if (nodeItself.test(text)) return;
    const { entry } = this.homes;
    const home = this.homes.of(text);
    if (home === null) return this.addEverything();
    if (home !== entry) return this.addFile(home);
    const parts = this.homes.partsOf(entry) ?? [];
    this.addMentions(mentionsIn(text, entry));
    this.addNames(namesIn(bareCode(text) ?? text), parts);
    for (const part of parts) if (part.names === null) this.addPart(part, parts, new Set());
  }

  private addEverything(): void {
    for (const name of this.sources.prints.keys()) this.addPrint(name);
  }

  private addNames(names: ReadonlySet<string>, parts: readonly ModulePart[]): void {
    for (const part of parts)
      if (part.names?.some((name) => names.has(name)) === true) this.addPart(part, parts, names);
  }

  private addPart(part: ModulePart, parts: readonly ModulePart[], names: ReadonlySet<string>): void {
    if (part.imports !== null) {
      const used = part.imports.filter((each) => [...namesIn(each)].some((name) => names.has(name)));
      this.found.add(`import ${used.join(", ")}`);
      return this.addMentions(mentionsIn(part.text, this.homes.entry));
    }
    if (this.parts.has(part)) return;
    this.parts.add(part);
    this.found.add(part.text);
    this.addMentions(mentionsIn(part.text, this.homes.entry));
    this.addNames(namesIn(part.bare), parts);
  }

  private addMentions({ files, packages }: Mentions): void {
    for (const file of files) this.addFile(file);
    if (packages.length > 0) this.addPrint(packagesKey);
  }

  private addFile(file: string): void {
    if (!this.addPrint(file)) return;
    const named = this.sources.mentions.get(file);
    if (named !== undefined) this.addMentions(named);
  }

  /** False when it is there already. */
  private addPrint(name: string): boolean {
    const print = `${name === packagesKey ? name : "file"} ${this.sources.prints.get(name) ?? ""}`;
    const isNew = !this.files.has(name);
    this.files.add(name);
    this.found.add(print);
    return isNew;
  }
}
