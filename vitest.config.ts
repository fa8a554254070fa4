import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,web,test,bench,scripts}/**/*.test.{ts,tsx}"],
    // Test files share a worker: 7 times faster here, and it finds code that leaves something behind.
    isolate: false,
    // Processes, because native addons and process.chdir do not go well with threads.
    pool: "forks",
    maxWorkers: Math.min(4, Math.max(2, availableParallelism())),
    testTimeout: 120_000,
    hookTimeout: 60_000,
    reporters: ["default", "./test/reporter.ts"],
  },
});
