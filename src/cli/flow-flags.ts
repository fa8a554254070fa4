import { Command, Option } from "commander";
import { KindredError } from "../base/index.ts";
import type { JsonSchema, ResourceChanges, StepGraph } from "../flow/index.ts";

/** What of a default stands in the help. */
const shownLength = 200;

/** The long flags that a command takes itself, `help` among them: no param of a flow can have one of them. */
export function flagsOf(command: Command): ReadonlySet<string> {
  return new Set(["help", ...command.options.flatMap(({ long }) => long?.slice("--".length) ?? [])]);
}

/**
 * The params of a flow as its command line gives them: by a flag of each param, or by `--param name=value`, which also
 * reaches a param whose flag is one of `ownFlags`.
 */
export function flowParams(
  graph: StepGraph,
  ownFlags: ReadonlySet<string>,
  flags: readonly string[],
  assigned: readonly string[],
): Readonly<Record<string, unknown>> {
  const properties = graph.paramsSchema.properties ?? {};
  // Made of entries: `__proto__` too is then a param like others, which is refused where the flow has none of that name.
  const params: Record<string, unknown> = Object.fromEntries(
    assigned.map((assignment) => {
      const [name, text] = split(assignment, "--param", "name=value");
      return [name, typedValue(properties[name] ?? {}, text, `--param ${name}`)];
    }),
  );
  const command = flagCommand(graph, ownFlags);
  command.parse([...flags], { from: "user" });
  const given = command.opts();
  for (const [name, schema] of Object.entries(properties)) {
    const flag = `--${flagOf(name)}`;
    const value = given[attributeOf(name)] as unknown;
    if (value === undefined) continue;
    if (typeof value === "boolean") params[name] = value;
    else if (Array.isArray(value)) params[name] = value.map((text) => typedValue(schema.items ?? {}, text, flag));
    else params[name] = typedValue(schema, value as string, flag);
  }
  return params;
}

/** What `kindred run FLOW --help` says of the flow's own flags, and of its params that have none. */
export function flagHelp(graph: StepGraph, ownFlags: ReadonlySet<string>): string {
  const help = flagCommand(graph, ownFlags).helpInformation();
  const others = paramsOf(graph).filter(({ name }) => ownFlags.has(flagOf(name)));
  if (others.length === 0) return help;
  const lines = others.map(({ name, schema, isRequired }) => {
    const description = descriptionOf(schema, isRequired);
    return `  --param ${name}=<${kindOf(schema)}>${description === "" ? "" : `  ${description}`}`;
  });
  return `${help}\nParams whose flag is one of kindred run:\n${lines.join("\n")}\n`;
}

/** `score.memoryMiB=8192` as changes of the resources that a flow declares. @throws argument-invalid */
export function resourceChanges(assigned: readonly string[]): ResourceChanges {
  const changes: Record<string, Record<string, number>> = {};
  for (const assignment of assigned) {
    const [address, text] = split(assignment, "--with", "step.resource=value, such as score.memoryMiB=8192");
    const [step, resource, ...rest] = address.split(".");
    const amount = Number(text);
    if (!step || !resource || rest.length > 0 || text.trim() === "" || !Number.isFinite(amount))
      throw unreadable("--with", assignment, "step.resource=value, such as score.memoryMiB=8192");
    changes[step] = { ...changes[step], [resource]: amount };
  }
  return changes;
}

function flagCommand(graph: StepGraph, ownFlags: ReadonlySet<string>): Command {
  const command = new Command(`kindred run ${graph.flow}`)
    .usage("[flags]")
    .exitOverride()
    .helpOption(false)
    .allowExcessArguments(false)
    .showHelpAfterError("(kindred run FLOW --help shows the flags of its params)");
  for (const param of paramsOf(graph)) {
    if (ownFlags.has(flagOf(param.name))) continue;
    for (const option of optionsOf(param)) command.addOption(option);
  }
  return command;
}

interface Param {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

function paramsOf({ paramsSchema: { properties = {}, required = [] } }: StepGraph): Param[] {
  return Object.entries(properties).map(([name, schema]) => ({ name, schema, isRequired: required.includes(name) }));
}

function optionsOf({ name, schema, isRequired }: Param): Option[] {
  const [flag, description] = [flagOf(name), descriptionOf(schema, isRequired)];
  if (schema.type === "boolean") return [new Option(`--${flag}`, description), new Option(`--no-${flag}`).hideHelp()];
  if (schema.type !== "array") return [new Option(`--${flag} <${kindOf(schema)}>`, description)];
  const repeatable = new Option(`--${flag} <${kindOf(schema.items ?? {})}>`, `${description} (repeatable)`);
  return [repeatable.argParser((text: string, earlier: string[] | undefined) => [...(earlier ?? []), text])];
}

function descriptionOf(schema: JsonSchema, isRequired: boolean): string {
  const said = [schema.description, schema.enum && `one of ${schema.enum.join(", ")}`, isRequired && "required"];
  const json = JSON.stringify(schema.default) ?? "";
  const fallback = json === "" ? "" : `default ${json.length > shownLength ? `${json.slice(0, shownLength)}…` : json}`;
  return [...said, fallback].filter(Boolean).join("; ");
}

/** `maxRows` -> `max-rows`. */
function flagOf(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
}

function attributeOf(name: string): string {
  return new Option(`--${flagOf(name)} <x>`).attributeName();
}

function kindOf({ type }: JsonSchema): string {
  return typeof type === "string" && type !== "string" ? type : "text";
}

/** A text as the value that a schema asks for. What has no type is JSON where it can be read as such, else a text. */
function typedValue(schema: JsonSchema, text: string, flag: string): unknown {
  switch (schema.type) {
    case "string":
      return text;
    case "number":
    case "integer":
      if (text.trim() === "" || !Number.isFinite(Number(text)))
        throw unreadable(flag, text, schema.type === "integer" ? "a whole number" : "a number");
      return Number(text);
    case "boolean":
      if (text !== "true" && text !== "false") throw unreadable(flag, text, "true or false");
      return text === "true";
    case "array":
    case "object":
      return parsed(text, () => {
        throw unreadable(flag, text, `JSON of an ${schema.type}`);
      });
    default:
      return parsed(text, () => text);
  }
}

function parsed(text: string, otherwise: () => unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise();
  }
}

function split(assignment: string, flag: string, expected: string): readonly [string, string] {
  const place = assignment.indexOf("=");
  if (place > 0) return [assignment.slice(0, place), assignment.slice(place + 1)];
  throw unreadable(flag, assignment, expected);
}

function unreadable(flag: string, seen: string, expected: string): KindredError {
  return new KindredError("argument-invalid", { seen: `${flag} ${seen}`, expected });
}
