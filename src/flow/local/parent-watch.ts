const pollMs = 250;

/**
 * Ends this process soon after the one that started it is gone: at once when there is a channel to it, else within a
 * quarter of a second. For a command that a launcher runs: nothing orphaned goes on writing.
 */
export function endWithParent(): void {
  const parentPid = process.ppid;
  const end = (): void => {
    process.kill(process.pid, "SIGKILL");
  };
  process.once("disconnect", end);
  const timer = setInterval(() => {
    if (process.ppid !== parentPid) end();
  }, pollMs);
  timer.unref();
}
