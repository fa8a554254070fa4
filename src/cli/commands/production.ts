import { userInfo } from "node:os";
import { resolve } from "node:path";
import type { Command } from "commander";
import { formatMoment } from "../../base/index.ts";
import type { ProductionChange } from "../../pipelines/index.ts";
import { projectName, withDataSets } from "../data-set-reading.ts";
import { wholeNumber } from "../link-options.ts";
import { type CommonOptions, openSession } from "../session.ts";
import { printTable } from "../text-table.ts";

interface Options extends CommonOptions {
  readonly project?: string;
}

/** `kindred production`: its tokens and its record. */
export function addProduction(program: Command): void {
  const command = program
    .command("production")
    .summary("tokens of production, and the record of its changes")
    .description("the tokens of production, and the record of what happened there");
  command
    .command("token")
    .description("make a token that lets its bearer change production; the first of a project needs no other")
    .option("--project <name>", "the project (default: what kindred.yaml says)")
    .option("--out <file>", "write it to a new file that only you can read, and not to the terminal")
    .option("--json", "print one JSON document")
    .action(makeToken);
  command
    .command("audit")
    .description("what was promoted, rolled back and refused, newest first")
    .option("--project <name>", "the project (default: what kindred.yaml says)")
    .option("--limit <count>", "how many to show", wholeNumber(1, 10_000), 20)
    .option("--json", "print one JSON document")
    .action(audit);
}

async function makeToken(options: Options & { readonly out?: string }): Promise<void> {
  const session = openSession(options);
  const { makeProductionToken, tokenHash } = await import("../../flow/index.ts");
  const project = await projectName(options.project);
  const token = makeProductionToken();
  const right = { project, token: session.productionToken, by: userInfo().username };
  const addToken = () => withDataSets(session, ({ store }) => store.addToken(right, tokenHash(token)));
  const { terminal } = session;
  if (options.out !== undefined) {
    const file = resolve(options.out);
    await writeSecret(file, `${token}\n`, addToken);
    return terminal.result({ project, file }, () =>
      terminal.line(`the token of production of "${project}": KINDRED_PRODUCTION_TOKEN_FILE=${file}`),
    );
  }
  await addToken();
  terminal.result({ project, token }, () => {
    terminal.line(token);
    terminal.note(
      `shown this once: only its hash is stored. Set KINDRED_PRODUCTION_TOKEN to change production of "${project}"`,
    );
  });
}

/**
 * Writes a new file that only its owner reads, and takes it away again where `use` fails. In this order, since a token that is
 * stored and was never written down would lock its project.
 */
async function writeSecret(file: string, text: string, use: () => Promise<void>): Promise<void> {
  const [{ rm, writeFile }, { assertNotHeld, KindredError }] = await Promise.all([
    import("node:fs/promises"),
    import("../../base/index.ts"),
  ]);
  await assertNotHeld(file);
  await writeFile(file, text, { flag: "wx", mode: 0o600 }).catch((cause: NodeJS.ErrnoException) => {
    const seen = `the file cannot be made (${cause.code})`;
    throw new KindredError("output-refused", { seen, expected: "a new file", where: { file }, cause });
  });
  try {
    await use();
  } catch (error) {
    await rm(file);
    throw error;
  }
}

/** What was refused is of a run, with all that it made. */
function namesOf({ compared }: ProductionChange): string {
  return compared.map(({ name }) => name).join(", ");
}

async function audit(options: Options & { readonly limit: number }): Promise<void> {
  const session = openSession(options);
  const project = await projectName(options.project);
  const { productionHistory } = await import("../../pipelines/index.ts");
  const { limit } = options;
  const records = await withDataSets(session, (dataSets) => productionHistory(dataSets, { project, limit }));
  session.terminal.result({ project, records }, () => {
    if (records.length === 0) return session.terminal.line(`nothing happened in production of "${project}" yet`);
    printTable(session.terminal, records, [
      { title: "when", of: ({ atMs }) => formatMoment(atMs), isWhole: true },
      { title: "who", of: ({ by }) => by ?? "" },
      { title: "what", of: ({ action }) => action },
      { title: "data set", of: (record) => record.name ?? namesOf(record) },
      { title: "version", isWhole: true, of: ({ from, to }) => (to === null ? "" : `${from ?? "none"} -> ${to}`) },
      { title: "run", of: ({ run }) => run ?? "" },
      { title: "why", of: ({ reason }) => reason ?? "", maxWidth: 40 },
    ]);
  });
}
