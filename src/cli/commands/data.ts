import { userInfo } from "node:os";
import { resolve } from "node:path";
import type { Command } from "commander";
import { formatMoment, KindredError } from "../../base/index.ts";
import { type DataSets, namespaceOf } from "../../flow/index.ts";
import type { ListedVersion, VersionFigures } from "../../pipelines/index.ts";
import { projectName, withDataSets } from "../data-set-reading.ts";
import { heldText } from "../held-view.ts";
import { rememberPublished } from "../published.ts";
import { type CommonOptions, openSession, type Session } from "../session.ts";
import { printTable } from "../text-table.ts";

interface Options extends CommonOptions {
  readonly project?: string;
  readonly branch?: string;
  readonly production?: boolean;
  readonly out?: string;
  readonly rows?: boolean;
}

/** `kindred data`: the data sets, and their files. */
export function addData(program: Command): void {
  program
    .command("data")
    .summary("list data sets, and get their files")
    .description("list data sets, or the versions of one; --out FOLDER writes the files of the published one")
    .argument("[dataset]", "the data set")
    .option("--project <name>", "the project (default: what kindred.yaml says)")
    .option("--branch <name>", "as a run on this branch sees it")
    .option("--production", "as production has it; needs no token")
    .option("--out <folder>", "write a copy of its files there; a copy of production's is held: no run replaces it")
    .option("--rows", "count what each version holds: records, matches and entities, or rows")
    .option("--json", "print one JSON document")
    .action(data);
}

async function data(name: string | undefined, options: Options): Promise<void> {
  if (name === undefined && options.out !== undefined)
    throw new KindredError("argument-invalid", { seen: "--out without a data set", expected: "the name of one" });
  const session = openSession(options);
  const project = await projectName(options.project);
  const namespace = namespaceOf({ user: userInfo().username, ...options });
  if (name !== undefined && options.out !== undefined)
    return checkOut(session, { project, namespace, name }, options.out);
  const { listVersions } = await import("../../pipelines/index.ts");
  const isChosen = options.branch !== undefined || options.production === true;
  const filter = { project, name, namespace: isChosen ? namespace : undefined };
  const versions = await withDataSets(session, async (dataSets) => {
    const listed = await listVersions(dataSets, filter);
    return options.rows === true
      ? withFigures(dataSets, listed)
      : listed.map((each) => ({ ...each, holds: undefined }));
  });
  session.terminal.result({ project, versions }, () => {
    const missing = name === undefined ? `no data set ${isChosen ? `in ${namespace}` : "yet"}` : "no such data set";
    if (versions.length === 0) return session.terminal.line(`project "${project}" has ${missing}`);
    printTable(session.terminal, versions, [
      { title: "data set", of: (each) => each.name },
      { title: "namespace", of: (each) => each.namespace },
      { title: "version", isWhole: true, of: (each) => `${each.version}${each.isHead ? " *" : ""}` },
      { title: "run", of: (each) => each.run },
      { title: "made", of: (each) => formatMoment(each.madeMs), isWhole: true },
      { title: "by", of: (each) => each.madeBy ?? "" },
      { title: "holds", isWhole: true, of: ({ holds }) => (holds === undefined ? "" : heldText(holds)) },
    ]);
  });
}

/** Branches often have what production has: the same files are counted once. */
async function withFigures(dataSets: DataSets, versions: readonly ListedVersion[]) {
  const { versionFigures } = await import("../../pipelines/index.ts");
  const counted = new Map<string, VersionFigures>();
  for (const { manifest } of versions)
    if (!counted.has(manifest.blob)) counted.set(manifest.blob, await versionFigures(dataSets, manifest));
  return versions.map((each) => ({ ...each, holds: counted.get(each.manifest.blob) }));
}

async function checkOut(
  session: Session,
  { project, namespace, name }: { readonly project: string; readonly namespace: string; readonly name: string },
  out: string,
): Promise<void> {
  const { writeDataSet } = await import("../../pipelines/index.ts");
  const folder = resolve(out);
  const version = await withDataSets(session, (dataSets) =>
    writeDataSet(dataSets, { project, namespace, name }, folder),
  );
  if (version.kind === "linkage") await rememberPublished(session.home, folder);
  session.terminal.result({ ...version, folder }, () =>
    session.terminal.line(
      `${folder}: ${name} of ${version.namespace}, version ${version.version}, made by run ${version.run}`,
    ),
  );
}
