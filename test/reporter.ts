import type { Reporter, SerializedError, TestCase, TestModule } from "vitest/node";
import { closingLine, countTests, type TestCounts } from "./test-counts.ts";

/** Set by CI, where everything a test needs has been installed: what is skipped there has failed. */
const requireAll = process.env.KINDRED_REQUIRE_ALL === "1";

/**
 * Prints why tests were skipped, and "N passed, N failed" alone on the last line, where CI reads it. Printed at exit,
 * because vitest still writes after the last of its reporters has run.
 */
export default class ClosingLineReporter implements Reporter {
  #counts: TestCounts | undefined;

  constructor() {
    process.once("exit", () => {
      if (this.#counts !== undefined) process.stdout.write(`${closingLine(this.#counts)}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const outside = unhandled.length + modules.reduce((sum, module) => sum + errorsOutsideTests(module), 0);
    this.#counts = countTests(
      tests.map((test) => test.result().state),
      outside,
      requireAll,
    );
    const skipped = tests.filter((test) => test.result().state === "skipped");
    for (const test of skipped)
      console.log(`skipped: ${test.module.relativeModuleId} > ${test.fullName}${reasonOf(test)}`);
    if (requireAll && skipped.length > 0) {
      console.log("KINDRED_REQUIRE_ALL=1: a skipped test counts as failed");
      process.exitCode = 1;
    }
  }
}

/** Failures that no test stands for: a file that does not load, a hook of a suite that throws. */
function errorsOutsideTests(module: TestModule): number {
  const suites = [...module.children.allSuites()];
  return module.errors().length + suites.reduce((sum, suite) => sum + suite.errors().length, 0);
}

function reasonOf(test: TestCase): string {
  const result = test.result();
  return result.state === "skipped" && result.note ? `: ${result.note}` : "";
}
