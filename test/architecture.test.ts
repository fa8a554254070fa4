import { describe, expect, test } from "vitest";
import { bannedNameViolations } from "./architecture/banned-names.ts";
import { docCommentViolations } from "./architecture/doc-comments.ts";
import { importCycleViolations } from "./architecture/import-cycles.ts";
import { packageViolations } from "./architecture/optional-packages.ts";
import { outsideWorldViolations } from "./architecture/outside-world.ts";
import { pinViolations } from "./architecture/package-rules.ts";
import { registryHostViolations } from "./architecture/registry-hosts.ts";
import { readText, repositoryFiles, sourcePaths } from "./architecture/repository.ts";
import { roomViolations } from "./architecture/room-rules.ts";
import { sizeViolations, smallFileViolations } from "./architecture/sizes.ts";
import { parseSource } from "./architecture/source-file.ts";
import { startUpViolations } from "./architecture/start-up.ts";
import { syntaxViolations } from "./architecture/syntax.ts";
import { testViolations } from "./architecture/test-rules.ts";
import { type Violation, violationsToText } from "./architecture/violation.ts";

const paths = repositoryFiles();
const files = sourcePaths(paths).map((path) => parseSource(path, readText(path)));
const manifest = JSON.parse(readText("package.json"));
const lists = {
  dependencies: Object.keys(manifest.dependencies),
  optionalPeers: Object.keys(manifest.peerDependenciesMeta),
};

const expectNone = (violations: readonly Violation[]) => expect(violationsToText(violations)).toBe("");

describe("the house", () => {
  test("has files to look at", () => {
    expect(files.length).toBeGreaterThan(50);
  });

  test("lets rooms import downwards only, through the other room's index", () => {
    expectNone(files.flatMap(roomViolations));
  });

  test("has no import cycles", () => {
    expectNone(importCycleViolations(files));
  });

  test("imports only packages that are installed with it, optional ones when they are used", () => {
    expectNone(packageViolations(files, lists));
  });

  test("starts without loading what only some commands need", () => {
    expectNone(startUpViolations(files));
  });

  test("touches the outside world, the clock and chance only at its edge", () => {
    expectNone(files.flatMap(outsideWorldViolations));
  });

  test("documents every exported name", () => {
    expectNone(files.flatMap(docCommentViolations));
  });

  test("keeps files and functions small", () => {
    expectNone([...files.flatMap(sizeViolations), ...smallFileViolations(files)]);
  });

  test("is written in what Node runs without compiling", () => {
    expectNone(files.flatMap(syntaxViolations));
  });

  test("has one word an idea", () => {
    expectNone(files.flatMap(bannedNameViolations));
  });

  test("names its tests apart, runs them all, and says why one is skipped", () => {
    expectNone(files.flatMap(testViolations));
  });

  test("names no host of a package registry", () => {
    expectNone(paths.flatMap((path) => registryHostViolations(path, readText(path))));
  });

  test("pins every dependency, and argues for it", () => {
    const decisions = paths
      .filter((path) => /^docs\/decisions\/.*\.md$/.test(path))
      .map(readText)
      .join("\n");
    const manifests = ["package.json", "tools/node/package.json"];
    expectNone(manifests.flatMap((path) => pinViolations(path, readText(path), decisions)));
  });
});
