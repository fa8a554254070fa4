/** What a test run came to. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Counts outcomes; a test that never ran is skipped. With `requireAll` a skipped test has failed. */
export function countTests(
  states: readonly ("passed" | "failed" | "skipped" | "pending")[],
  errorsOutsideTests: number,
  requireAll: boolean,
): TestCounts {
  const passed = states.filter((state) => state === "passed").length;
  const failed = states.filter((state) => state === "failed").length + errorsOutsideTests;
  const skipped = states.length - passed - (failed - errorsOutsideTests);
  return requireAll ? { passed, failed: failed + skipped, skipped: 0 } : { passed, failed, skipped };
}

/** The line that CI reads. */
export function closingLine({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
