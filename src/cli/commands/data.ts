import { userInfo } from "node:os";
import { resolve } from "node:path";
import type { Command } from "commander";
import { formatMoment, KindredError } from "../../base/index.ts";
import { namespaceOf } from "../../flow/index.ts";
import { projectName, withDataSets } from "../data-set-reading.ts";
import { rememberPublished } from "../published.ts";
import { type CommonOptions, openSession, type Session } from "../session.ts";
import { printTable } from "../text-table.ts";

interface Options extends CommonOptions {
  readonly project?: string;
  readonly branch?: string;
  readonly production?: boolean;
  readonly out?: string;
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
  const all = await withDataSets(session, ({ store }) => store.versions({ project, name }));
  const isChosen = options.branch !== undefined || options.production === true;
  const versions = all.filter(
    (each) => (!isChosen || each.namespace === namespace) && (name !== undefined || each.isHead),
  );
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
    ]);
  });
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
