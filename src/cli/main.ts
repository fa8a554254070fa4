import { CommanderError } from "commander";
import { errorToJson, exitCodeByErrorCode } from "../base/index.ts";
import { printable } from "./printable.ts";
import { createProgram } from "./program.ts";

/** Exit code of a command line that cannot be understood. */
const usageExitCode = 2;

/** Exit code of a process that user code ended, or that nothing kept from ending. */
const endedEarlyExitCode = 2;

/** What of a command is still to come: a process that ends by itself has not done what it was asked. */
let isUnderWay = true;

/** Runs one command line and says what went wrong, if anything did, in one message. */
async function main(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(args, { from: "user" });
    // A command that came to its end may still have something to say of it.
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
    return reportError(error, args.includes("--json"));
  }
}

function reportError(error: unknown, json: boolean): number {
  const plain = errorToJson(error);
  const { stack, ...shown } = plain;
  if (json) process.stdout.write(`${JSON.stringify({ error: shown }, null, 2)}\n`);
  process.stderr.write(`kindred: ${printable(plain.message, false)}\n`);
  // A bug is told with its place in the code; every other error is the user's to mend, and a stack would only be noise.
  if (plain.code === "internal" && stack !== undefined) process.stderr.write(`${stack}\n`);
  return exitCodeByErrorCode[plain.code];
}

/** `kindred ... | head` closes the pipe early: whoever reads has what they wanted, and that is no failure. */
function endWithReader(stream: NodeJS.WriteStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    isUnderWay = error.code !== "EPIPE";
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
}

endWithReader(process.stdout);
endWithReader(process.stderr);
process.on("exit", (code) => {
  if (!isUnderWay || code !== 0) return;
  process.exitCode = endedEarlyExitCode;
  process.stderr.write(
    "kindred: the process ended before the command did. Does a module that it loads call process.exit, or await what never comes?\n",
  );
});
process.exitCode = await main(process.argv.slice(2));
isUnderWay = false;
