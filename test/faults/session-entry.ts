import { resumeRun, startRun } from "../../src/flow/index.ts";

// One session of the flow in a process of its own, into which faults are injected. Prints events, and how it ended, as lines of JSON.
const { params, run, exportName = "default", ...places } = JSON.parse(process.argv[2] as string);
const tell = (message: object): unknown => process.stdout.write(`${JSON.stringify(message)}\n`);
const options = {
  ...places,
  workers: 2,
  codeVersion: "1",
  onEvent: ({ type, step, key }: { type: string; step?: string; key?: string }) => tell({ type, step, key }),
};
const flowModule = new URL("../../src/flow/fixtures/spelling-flow.ts", import.meta.url);
tell({ type: "session-begun" });
try {
  await (run === undefined ? startRun({ ...options, flowModule, exportName, params }) : resumeRun({ ...options, run }));
  tell({ type: "session-ended", code: "done" });
} catch (error) {
  const { code = "internal", message, stack } = error as { code?: string; message: string; stack?: string };
  tell({ type: "session-ended", code, message, stack });
  process.exitCode = 1;
}
