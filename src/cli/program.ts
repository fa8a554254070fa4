import { Command } from "commander";
import { addCalibrate } from "./commands/calibrate.ts";
import { addClassify } from "./commands/classify.ts";
import { addData } from "./commands/data.ts";
import { addDecide } from "./commands/decide.ts";
import { addDemo } from "./commands/demo.ts";
import { addDiff } from "./commands/diff.ts";
import { addEmit } from "./commands/emit.ts";
import { addEvaluate } from "./commands/evaluate.ts";
import { addExplain } from "./commands/explain.ts";
import { addExport } from "./commands/export.ts";
import { addExtract } from "./commands/extract.ts";
import { addGc } from "./commands/gc.ts";
import { addLabel } from "./commands/label.ts";
import { addLink } from "./commands/link.ts";
import { addLogs } from "./commands/logs.ts";
import { addPlan } from "./commands/plan.ts";
import { addProduction } from "./commands/production.ts";
import { addPromote } from "./commands/promote.ts";
import { addRecommend } from "./commands/recommend.ts";
import { addRerun } from "./commands/rerun.ts";
import { addResume } from "./commands/resume.ts";
import { addRollback } from "./commands/rollback.ts";
import { addRun } from "./commands/run.ts";
import { addRuns } from "./commands/runs.ts";
import { addSearch } from "./commands/search.ts";
import { addShow } from "./commands/show.ts";
import { addSimilar } from "./commands/similar.ts";
import { addTag } from "./commands/tag.ts";
import { addUi } from "./commands/ui.ts";
import { addUndo } from "./commands/undo.ts";
import { addWorker } from "./commands/worker.ts";
import { packageVersion } from "./package-version.ts";

/**
 * The command line, every command declared and none loaded: a command loads the rooms it needs when it runs, which
 * keeps `kindred --help` fast.
 */
export function createProgram(): Command {
  const program = new Command("kindred")
    .description("Links many catalogues into one knowledge graph, and puts it to use.")
    .version(packageVersion())
    // What stands after a command is the command's: `kindred run FLOW --version 3` gives the flow its param.
    .enablePositionalOptions()
    .showHelpAfterError("(kindred COMMAND --help says more)")
    .exitOverride();
  for (const add of [addDemo, addLink, addPlan, addEvaluate, addCalibrate, addDiff, addClassify]) add(program);
  for (const add of [addSearch, addSimilar, addRecommend, addExplain]) add(program);
  for (const add of [addDecide, addUndo, addLabel, addExtract, addExport, addUi]) add(program);
  for (const add of [addRun, addRuns, addShow, addLogs, addTag, addResume, addRerun, addEmit, addWorker]) add(program);
  for (const add of [addData, addPromote, addRollback, addProduction, addGc]) add(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}
