import { describe, expect, test } from "vitest";
import { closingLine, countTests } from "./test-counts.ts";

describe("the closing line", () => {
  test("counts what passed and failed, and names skipped tests only when there are some", () => {
    expect(closingLine(countTests(["passed", "passed", "failed"], 0, false))).toBe("2 passed, 1 failed");
    expect(closingLine(countTests(["passed", "skipped", "pending"], 0, false))).toBe("1 passed, 0 failed, 2 skipped");
  });

  test("counts a file that does not load as a failure, though no test of it ran", () => {
    expect(closingLine(countTests(["passed"], 1, false))).toBe("1 passed, 1 failed");
  });

  test("counts a skipped test as failed where everything is required", () => {
    expect(closingLine(countTests(["passed", "skipped"], 1, true))).toBe("1 passed, 2 failed");
  });
});
