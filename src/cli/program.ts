import { Command, Help } from "commander";
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
import { addStop } from "./commands/stop.ts";
import { addTag } from "./commands/tag.ts";
import { addUi } from "./commands/ui.ts";
import { addUndo } from "./commands/undo.ts";
import { addWorker } from "./commands/worker.ts";
import { packageVersion } from "./package-version.ts";

/** The commands in the order of the work, as a newcomer goes: link, look, measure, correct; then flows of one's own, and production. */
const groups: readonly (readonly [heading: string, adds: readonly ((program: Command) => void)[]])[] = [
  ["Link catalogues into a graph:", [addDemo, addPlan, addLink, addExtract]],
  ["Look at what came of it:", [addUi, addSearch, addExplain, addSimilar, addRecommend, addExport]],
  ["Measure and compare:", [addEvaluate, addCalibrate, addDiff]],
  ["Correct and teach it:", [addDecide, addUndo, addLabel, addClassify]],
  [
    "Run flows, and see what they did:",
    [addRun, addRuns, addShow, addLogs, addRerun, addResume, addStop, addTag, addEmit, addWorker, addGc],
  ],
  ["Bring data sets into production:", [addData, addPromote, addRollback, addProduction]],
];

const firstSteps = `
Begin with:
  kindred demo                        a graph of four real catalogues
  kindred ui                          what came of it, in a browser
  kindred plan a.csv b.csv            how your own files would be read
  kindred link a.csv b.csv --out out  links them; kindred ui shows them

kindred COMMAND --help says more of each.`;

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
    .configureHelp({
      subcommandTerm: (command) => command.name(),
      visibleCommands: ({ commands }) => [...commands],
      // That a list is empty when nothing is given needs no word.
      optionDescription: (option) => new Help().optionDescription(option).replace(" (default: [])", ""),
    })
    .addHelpText("after", firstSteps)
    .exitOverride();
  for (const [heading, adds] of groups) {
    program.commandsGroup(heading);
    for (const add of adds) add(program);
  }
  for (const command of program.commands) command.exitOverride();
  return program;
}
