import { describe, expect, test } from "vitest";
import { errorFromJson, errorToJson, exitCodeByErrorCode, isKindredError, KindredError } from "./errors.ts";

describe("an error", () => {
  const error = new KindredError("source-malformed", {
    seen: "7 values",
    expected: "5 as in the header",
    hint: "Use --skip-bad 1 to go on",
    where: { file: "films.csv", row: 17 },
  });

  test("says where, what was seen, what was expected and what to do, in that order", () => {
    expect(error.message).toBe("films.csv row 17: 7 values; expected 5 as in the header. Use --skip-bad 1 to go on");
  });

  test("keeps code, message and place across a process boundary", () => {
    const copy = errorFromJson(JSON.parse(JSON.stringify(errorToJson(error))));
    expect([copy.code, copy.message, copy.parts.where]).toEqual([error.code, error.message, error.parts.where]);
  });

  test("is recognised even when another copy of the package made it", () => {
    const foreign = Object.assign(new Error("x"), { [Symbol.for("kindred.error")]: true, code: "refused" });
    expect([isKindredError(foreign), isKindredError(new Error("x")), isKindredError(null)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("of a full disk is told apart from an internal one", () => {
    const full = Object.assign(new Error("write"), { code: "ENOSPC" });
    expect([errorToJson(full).code, errorToJson(new Error("x")).code, errorToJson("x").code]).toEqual([
      "disk-full",
      "internal",
      "internal",
    ]);
  });

  test("exits with one of the codes of the contract, whatever its code", () => {
    expect([...new Set(Object.values(exitCodeByErrorCode))].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 130]);
  });
});
