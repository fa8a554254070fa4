import { availableParallelism, userInfo } from "node:os";
import { namespaceOf, type RunPlaces, type StorePlaces } from "../flow/index.ts";
import type { PipelineHost } from "../pipelines/index.ts";
import { type ClusterOptions, clusterOf, temporalPlace } from "./cluster.ts";
import { kindredHome } from "./home.ts";
import { packageVersion } from "./package-version.ts";
import { takeProductionToken } from "./production-token.ts";
import { showProgress } from "./progress.ts";
import { storePlaces } from "./store-places.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

/** Options that every command has. */
export interface CommonOptions extends ClusterOptions {
  readonly json?: boolean;
}

/** What a command works with: where to print, where runs live, how to be interrupted. */
export interface Session {
  readonly terminal: Terminal;
  readonly home: string;
  /** Where runs live that are not in the home. */
  readonly places: StorePlaces;
  /** The same, and the server that knows what runs of a cluster wait for: for looking, never for starting. */
  readonly runPlaces: RunPlaces;
  /** The right to change production, where the environment gives it; used by the commands that ask for it. */
  readonly productionToken: string | undefined;
  /** How a pipeline is run from the command line: progress on stderr, Ctrl-C stops it resumably. */
  host(workers?: number): PipelineHost;
}

/** Makes the session of one command. */
export function openSession(options: CommonOptions): Session {
  const terminal = processTerminal(options.json === true);
  const home = kindredHome(process.cwd(), process.env);
  const places = storePlaces(process.env);
  return {
    terminal,
    home,
    places,
    runPlaces: { ...places, temporal: temporalPlace(options, process.env) },
    productionToken: takeProductionToken(process.env),
    host: (workers = availableParallelism()) => {
      const progress = showProgress(terminal);
      let run: string | null = null;
      return {
        ...places,
        temporal: clusterOf(options, process.env),
        environment: process.env,
        home,
        workers,
        codeVersion: packageVersion(),
        user: userInfo().username,
        namespace: namespaceOf({ user: userInfo().username }),
        onEvent: (event) => {
          if (event.type === "run-started") run = event.run;
          if (event.type === "run-finished") run = null;
          progress(event);
        },
        signal: interruptSignal((words) => run !== null && terminal.note(words(run))),
      };
    },
  };
}

/** What `--debug` says of the logs of a run's tasks. */
export function logLevelOf({ debug }: { readonly debug?: boolean }): { readonly logLevel: "debug" | "info" } {
  return { logLevel: debug === true ? "debug" : "info" };
}

/**
 * Aborted by the first Ctrl-C, or by a polite request to end; the second Ctrl-C ends the process at once.
 * @param say is told what that does to a run
 */
function interruptSignal(say: (words: (run: string) => string) => void): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) {
      say((run) => `run ${run} was stopped at once. Go on with: kindred resume ${run}`);
      process.exit(130);
    }
    say((run) => `run ${run} is being stopped: its tasks are told to end. Ctrl-C again stops them at once`);
    controller.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return controller.signal;
}
