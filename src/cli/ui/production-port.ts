import type { DataSets, StorePlaces } from "../../flow/index.ts";
import { diffExamples, type DiffExample, type LinkageDiff } from "../../pipelines/index.ts";
import { listVersions, productionHistory, promoteRun, runDataSets, versionFigures } from "../../pipelines/index.ts";
import type { LinkageChangeView, MatchChangeView, ProductionPort } from "../../serve/index.ts";
import { causeWords } from "../cause-words.ts";
import { projectName, withDataSets } from "../data-set-reading.ts";
import { readProject } from "../project-file.ts";
import { nameOf } from "../waterfall.ts";

/** Examples of each cause of a change, as many as `kindred promote` shows. */
const examplesShown = 1;

/** Reads data sets and production of a home for the pages; the gates are those of the `kindred.yaml` of the folder, as it is then. */
export function productionPort(home: string, places: StorePlaces): ProductionPort {
  const ask = <T>(use: (dataSets: DataSets) => Promise<T>): Promise<T> =>
    withDataSets({ home, places, onlyLooks: true }, use);
  return {
    project: () => projectName(undefined),
    projects: () =>
      ask(async ({ store }) => [...new Set((await store.versions({})).map(({ project }) => project))].sort()),
    versions: (query) => ask((dataSets) => listVersions(dataSets, query)),
    figures: (manifest) => ask((dataSets) => versionFigures(dataSets, manifest)),
    history: (query) => ask((dataSets) => productionHistory(dataSets, query)),
    made: (run) => ask((dataSets) => runDataSets(dataSets, run)),
    compare: (run) =>
      ask(async (dataSets) => {
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
        const dataSetViews = compared.map((each) => ({ ...each, linkage: changes.get(each.name) ?? null }));
        return { run, project, isAllowed, dataSets: dataSetViews };
      }),
  };
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
