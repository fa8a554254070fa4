import { type DataSets, type DataSetVersion, productionNamespace } from "../../flow/index.ts";

/** Which versions are listed. */
export interface VersionFilter {
  readonly project: string;
  /** One data set with all its versions; else the published version of each. */
  readonly name?: string | undefined;
  /** What is published there alone; else in every namespace. */
  readonly namespace?: string | undefined;
}

/** A version of a data set, and how it stands to what production has of that name. */
export interface ListedVersion extends DataSetVersion {
  /** Whether production has the very same files; null where production has none of that name. */
  readonly isAsProduction: boolean | null;
}

/** Where data sets stand: by namespace, which is production first; versions of one data set newest first. */
export async function listVersions({ store }: DataSets, filter: VersionFilter): Promise<readonly ListedVersion[]> {
  const { project, name, namespace } = filter;
  const all = await store.versions({ project, name });
  const heads = all.filter((each) => each.isHead && each.namespace === productionNamespace);
  const headOf = new Map(heads.map((head) => [head.name, head.manifest.blob]));
  return all
    .filter((each) => (namespace === undefined || each.namespace === namespace) && (name !== undefined || each.isHead))
    .map((each) => {
      const head = headOf.get(each.name);
      return { ...each, isAsProduction: head === undefined ? null : head === each.manifest.blob };
    });
}
