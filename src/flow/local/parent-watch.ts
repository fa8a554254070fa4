import { Worker } from "node:worker_threads";

const pollMs = 250;

const watch = `
const { workerData } = require("node:worker_threads");
setInterval(() => {
  if (process.ppid === workerData.parent) return;
  try { process.kill(workerData.group, "SIGKILL"); } catch { process.kill(process.pid, "SIGKILL"); }
}, ${pollMs});
`;

/**
 * Ends this process, and with `group` all it started, soon after its parent is gone: at once when the channel to the parent closes, and from
 * a thread of its own within a quarter of a second when the main thread is busy. Nothing orphaned goes on writing.
 */
export function endWithParent(options: { readonly group?: boolean; readonly parentPid?: number } = {}): void {
  const group = options.group === true ? -process.pid : process.pid;
  const workerData = { parent: options.parentPid ?? process.ppid, group };
  const thread = new Worker(watch, { eval: true, workerData, stdin: false, resourceLimits: { maxOldGenerationSizeMb: 16 } });
  thread.unref();
  process.once("disconnect", () => process.kill(group, "SIGKILL"));
}
