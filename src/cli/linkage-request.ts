import { resolve } from "node:path";
import { KindredError } from "../base/index.ts";
import type { KindredConfig } from "../pipelines/index.ts";
import { readDecisions } from "./decisions.ts";
import type { LinkageRequest, LinkOptions } from "./link-options.ts";
import { spoolStandardInput } from "./standard-input.ts";

/** Puts sources, configuration and options together; options say the last word. */
export async function linkageRequest(
  sources: readonly string[],
  options: LinkOptions,
  home: string,
): Promise<LinkageRequest> {
  const [{ sourceFromArgument }, { linkageDefaults, relationalDefaults }, { loadConfig, readTeaching }] =
    await Promise.all([import("../records/index.ts"), import("../linkage/index.ts"), import("../pipelines/index.ts")]);
  const config = options.config === undefined ? undefined : await loadConfig(options.config);
  const threshold = options.threshold ?? config?.threshold ?? linkageDefaults.threshold;
  const reviewThreshold = options.reviewThreshold ?? config?.reviewThreshold;
  if (reviewThreshold !== undefined && reviewThreshold > threshold) {
    throw new KindredError("argument-invalid", {
      seen: `a review threshold of ${reviewThreshold} above the threshold of ${threshold}`,
      expected: "one that is not above it: pairs between the two go to review",
    });
  }
  const named = [...(config?.sources ?? []), ...sources.map((argument) => sourceFromArgument(argument))];
  if (named.length === 0) {
    throw new KindredError("argument-invalid", {
      seen: "no source",
      expected: "at least one file, such as films.csv, or --config",
      hint: "kindred demo shows the whole on data that npm packages ship",
    });
  }
  const spooled = [];
  for (const source of named) spooled.push(source.path === "-" ? await spoolStandardInput(source, home) : source);
  return {
    sources: spooled,
    ids: options.id,
    ignore: [...(config?.ignore ?? []), ...options.ignore],
    dedupe: options.dedupe ?? config?.dedupe ?? false,
    oneToOne: options.oneToOne ?? config?.oneToOne ?? false,
    threshold,
    reviewThreshold: reviewThreshold ?? Math.min(linkageDefaults.reviewThreshold, threshold),
    relatedRounds: config?.relatedRounds ?? relationalDefaults.rounds,
    skipBad: options.skipBad ?? 0,
    asOfYear: config?.asOfYear ?? null,
    occupations: config?.occupations ?? {},
    linkage: settingsByType(config?.linkage ?? {}, options),
    documents: [...(config?.documents ?? []), ...options.documents.map((path) => resolve(path))],
    graph: options.graph && (config?.graph ?? true),
    decisions: await readDecisions(home),
    teaching: await readTeaching({
      labels: options.labels ?? config?.labels,
      verdicts: options.verdicts ?? config?.verdicts,
      model: options.model ?? config?.model,
      calibration: options.calibration ?? config?.calibration,
    }),
    ...given("shards", options.shards ?? config?.shards),
    ...given("threads", options.threads ?? config?.threads),
    ...given("memoryMiB", options.memory ?? config?.memoryMiB),
  };
}

/** What is not said has the default of the params. */
function given<Name extends string>(name: Name, value: number | undefined): Partial<Record<Name, number>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, number>);
}

/** Settings by entity type, without what the command line says of all types. */
function settingsByType(
  configured: NonNullable<KindredConfig["linkage"]>,
  options: Pick<LinkOptions, "threshold" | "reviewThreshold" | "dedupe" | "oneToOne">,
): NonNullable<LinkageRequest["linkage"]> {
  const said = new Set(Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [name])));
  return Object.fromEntries(
    Object.entries(configured).map(([entityType, settings]) => [
      entityType,
      Object.fromEntries(Object.entries(settings).filter(([name]) => !said.has(name))),
    ]),
  );
}
