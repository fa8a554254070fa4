import { KindredError } from "../../base/index.ts";

/** Where something of a run is: `12`, `12/match`, `12/match/film-3`. A key may hold slashes. */
export interface TaskAddress {
  readonly run: string;
  readonly step: string | undefined;
  readonly key: string | undefined;
}

/** Reads an address of a run, a step or a task. */
export function readAddress(text: string): TaskAddress {
  const [run = "", step, ...key] = text.split("/");
  return { run, step, key: key.length > 0 ? key.join("/") : undefined };
}

/** Reads the address of one task; of a step of one task its key may be left out. @throws argument-invalid */
export function readTaskAddress(text: string): { readonly run: string; readonly step: string; readonly key: string } {
  const { run, step, key = step } = readAddress(text);
  if (step !== undefined && key !== undefined) return { run, step, key };
  throw new KindredError("argument-invalid", {
    seen: `"${text}"`,
    expected: "a task: RUN/STEP/KEY, such as 12/match/film-3",
    hint: "kindred show RUN/STEP lists the tasks of a step",
  });
}
