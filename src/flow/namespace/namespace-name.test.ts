import { posix } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { assertNamespace, assertPlainName, namespaceOf, productionNamespace } from "./namespace-name.ts";

/** Texts that look like names, paths and namespaces more often than chance would have it. */
const hostileText = fc
  .array(fc.constantFrom("prod", "test.", "user.", "..", ".", "/", "\\", " ", "\0", "P", "a", "-", "_", "é", "\n"), {
    maxLength: 6,
  })
  .map((parts) => parts.join(""));

test("a run of a person is never in production, whatever the person is called", () => {
  fc.assert(
    fc.property(hostileText, (user) => {
      const namespace = namespaceOf({ user });
      expect(namespace).toMatch(/^user\.[A-Za-z0-9_]/);
      expect(() => assertNamespace(namespace, undefined)).not.toThrow();
    }),
  );
});

test("a branch has a namespace of its own, apart from every other's, or is refused", () => {
  fc.assert(
    fc.property(hostileText, (branch) => {
      try {
        const namespace = namespaceOf({ user: "bo", branch });
        expect(namespace).toBe(`test.${branch}`);
        expect(() => assertNamespace(namespace, branch)).not.toThrow();
        expect(posix.join("/data", namespace)).toBe(`/data/${namespace}`);
      } catch (error) {
        expect(error).toMatchObject({ code: "argument-invalid" });
        expect(() => assertPlainName(branch, "branch")).toThrow();
      }
    }),
  );
});

test("only the very word is production, and never on a branch", () => {
  fc.assert(
    fc.property(hostileText, fc.option(hostileText, { nil: undefined }), (namespace, branch) => {
      fc.pre(!/^(user|test)\./.test(namespace));
      if (namespace === productionNamespace && branch === undefined) return;
      expect(() => assertNamespace(namespace, branch)).toThrow(/expected user\.NAME, test\.BRANCH/);
    }),
  );
  expect(() => assertNamespace(productionNamespace, undefined)).not.toThrow();
  expect(() => namespaceOf({ user: "bo", branch: "hats", production: true })).toThrow("one of the two");
});

test.each([
  { namespace: "Prod" },
  { namespace: "prod " },
  { namespace: "prod", branch: "hats" },
  { namespace: "test.prod/../../prod" },
  { namespace: "test...prod" },
  { namespace: "user." },
  { namespace: "test.other", branch: "hats" },
  { namespace: "production" },
  { namespace: "" },
])("$namespace on the branch $branch is no namespace", ({ namespace, branch }) => {
  expect(() => assertNamespace(namespace, branch)).toThrow(/the namespace/);
});
