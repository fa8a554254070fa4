"use strict";
const { spawn } = require("node:child_process");
const fs = require("node:fs");

/** Names the launcher to the launched, which then dies with it. See run.js. */
const launcherVariable = "KINDRED_LAUNCHER_PID";

/** Signals that a terminal sends to its whole foreground group, so to the launched as well. */
const terminalSignals = ["SIGINT", "SIGQUIT", "SIGHUP"];
const passedSignals = [...terminalSignals, "SIGTERM", "SIGUSR2"];

/**
 * Runs `script` with this process's arguments on another Node, and is from outside indistinguishable from it: input and
 * output, exit code, death by signal, and signals sent to it. The channel tells the launched when this one is killed.
 */
function relaunch(node, script) {
  const child = spawn(node, [...process.execArgv, script, ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, [launcherVariable]: String(process.pid) },
  });
  const passOn = (signal) => {
    if (!terminalSignals.includes(signal) || !isForeground()) child.kill(signal);
  };
  for (const signal of passedSignals) process.on(signal, passOn);
  child.on("error", (error) => {
    process.stderr.write(`kindred: ${node} cannot be started (${error.message}); run "npm ci" again\n`);
    process.exitCode = 2;
  });
  child.on("exit", (code, signal) => {
    for (const passed of passedSignals) process.removeListener(passed, passOn);
    if (signal === null) process.exit(code);
    process.kill(process.pid, signal);
    // Reached only where the signal is one that this process ignores.
    setTimeout(() => process.exit(1), 1000);
  });
}

/** True when a terminal's Ctrl-C reaches this process's group: passing it on would make the launched see it twice. */
function isForeground() {
  try {
    // pid (name) state ppid pgrp session tty tpgid: the name may hold anything, so count from its last bracket.
    const fields = fs
      .readFileSync("/proc/self/stat", "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[2] === fields[5];
  } catch {
    return process.stdin.isTTY === true;
  }
}

module.exports = { relaunch, launcherVariable };
