import type { BlobRef, DataSets, StorePlaces } from "../../flow/index.ts";
import {
  type DiffExample,
  diffExamples,
  type LinkageDiff,
  promoteRun,
  type VersionFigures,
  versionFigures,
} from "../../pipelines/index.ts";
import type { ComparisonView, LinkageChangeView, MatchChangeView } from "../../serve/index.ts";
import { causeWords } from "../cause-words.ts";
import { withDataSets } from "../data-set-reading.ts";
import { readProject } from "../project-file.ts";
import { nameOf } from "../waterfall.ts";

/** Where data sets are read. */
export interface ReadPlace {
  readonly home: string;
  readonly places: StorePlaces;
}

/** Examples of each cause of a change, as many as `kindred promote` shows. */
const examplesShown = 1;

/** Opens the data sets of a home for one look at them: a home without runs is left as it is. */
export function lookAtDataSets<T>({ home, places }: ReadPlace, use: (dataSets: DataSets) => Promise<T>): Promise<T> {
  return withDataSets({ home, places, onlyLooks: true }, use);
}

/** Counts what a version holds. @throws artifact-damaged */
export function readFigures(place: ReadPlace, manifest: BlobRef): Promise<VersionFigures> {
  return lookAtDataSets(place, (dataSets) => versionFigures(dataSets, manifest));
}

/**
 * What a promote of the run would say, by the gates of the `kindred.yaml` of this folder as it is now.
 * @throws as {@link promoteRun} of a dry run
 */
export function readComparison(place: ReadPlace, run: string): Promise<ComparisonView> {
  return lookAtDataSets(place, async (dataSets) => {
    const changes = new Map<string, LinkageChangeView>();
    const {
      project,
      isAllowed,
      dataSets: compared,
    } = await promoteRun(dataSets, {
      ...{ run, only: [], project: await readProject(process.cwd()) },
      ...{ dryRun: true, token: undefined, by: null, reason: null },
      onCompared: async ({ name }, { linkage }) => {
        if (linkage !== null) changes.set(name, await changeOf(linkage));
      },
    });
    const views = compared.map((each) => ({ ...each, linkage: changes.get(each.name) ?? null }));
    return { run, project, isAllowed, dataSets: views };
  });
}

async function changeOf(diff: LinkageDiff): Promise<LinkageChangeView> {
  const { before, after, pairs, causes, entities } = diff;
  const ranked = causes.toSorted((a, b) => b.new + b.lost - a.new - a.lost);
  return {
    ...{ before: withoutFolder(before), after: withoutFolder(after), pairs },
    causes: ranked.map((count) => ({ ...count, words: causeWords[count.cause] })),
    entities: entities.filter(({ changes }) => changes > 0),
    examples: (await diffExamples(diff, examplesShown)).map(exampleOf),
  };
}

/** The folder is a copy that is gone by the time the page shows it. */
function withoutFolder({ directory: _, ...numbers }: LinkageDiff["before"]): LinkageChangeView["before"] {
  return numbers;
}

function exampleOf({ pair, before, after }: DiffExample): MatchChangeView {
  const recordName = (side: 0 | 1): string => {
    const record = after[side] ?? before[side];
    const { source, id } = side === 0 ? pair.left : pair.right;
    return `${record === null ? "" : `${nameOf(record)}  `}${source}/${id}`;
  };
  const sideOf = ({ weight, outcome, standing }: typeof pair.before) => ({ weight, outcome: outcome ?? standing });
  return {
    ...{ change: pair.change, cause: pair.cause.kind, detail: pair.cause.detail },
    ...{ left: recordName(0), right: recordName(1) },
    ...{ before: sideOf(pair.before), after: sideOf(pair.after) },
  };
}
