// Every workflow of Kindred, by the names that histories know them by.
export { runWorkflow } from "./run-workflow.ts";
export { windowWorkflow } from "./window-workflow.ts";
