import { Worker } from "node:worker_threads";

const entry = new URL(`./scan-thread-entry${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/** Threads stay for the next scan: one takes as long to start as a million pairs to be scanned. */
const threads: Worker[] = [];

/** So many threads of this process; they do not keep it alive. */
export function scanThreads(count: number): readonly Worker[] {
  while (threads.length < count) {
    const thread = new Worker(entry);
    thread.unref();
    thread.once("exit", () => {
      const place = threads.indexOf(thread);
      if (place >= 0) threads.splice(place, 1);
    });
    threads.push(thread);
  }
  return threads.slice(0, count);
}
