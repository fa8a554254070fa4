import type { ResumeOptions, RunResult, StartOptions } from "../run-options.ts";
import type { Runs } from "../runs.ts";

/** Runs a flow on this machine, to its end. */
export declare function startRun(options: StartOptions): Promise<RunResult>;
/** Goes on with a run that failed or was stopped, repeating no finished task. */
export declare function resumeRun(options: ResumeOptions): Promise<RunResult>;
/** Opens the runs of a home for reading. */
export declare function openRuns(home: string): Promise<Runs>;
