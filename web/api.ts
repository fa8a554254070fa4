import type { EntityView, GraphManifest, Proposal, SearchHit } from "../src/graph/index.ts";
import type { RunInsight, RunSummary, TaskLogText, TaskRecord, TimeLine, Waiting } from "../src/flow/index.ts";
import type {
  ChangeView,
  ComparisonView,
  DecisionView,
  FiguresView,
  LinkView,
  PairAnswer,
  RecordName,
  RecordView,
  RunDataSetsView,
  VersionView,
} from "../src/serve/index.ts";

/** What the home page shows. */
export interface Summary {
  /** Null while no graph is published. */
  readonly counts: GraphManifest["counts"] | null;
  readonly sources: readonly string[];
  readonly run: RunSummary | null;
}

/** An entity with everything its page shows. */
export interface EntityPage {
  readonly entity: EntityView;
  readonly records: readonly RecordView[];
  readonly links: readonly LinkView[];
  readonly similar: readonly Proposal[];
}

/** Versions of data sets, and how many there are. */
export interface VersionsAnswer {
  readonly project: string;
  /** Whether commands mean this project where none is named. */
  readonly isOwn: boolean;
  readonly total: number;
  readonly versions: readonly VersionView[];
}

/** What happened in production: details are in it as what was compared. */
export interface HistoryAnswer {
  readonly project: string;
  readonly records: readonly (Omit<ChangeView, "detail"> & { readonly comparedTotal: number })[];
}

/** Which version is meant. */
interface VersionName {
  readonly project: string;
  readonly namespace: string;
  readonly name: string;
  readonly version: number;
}

/** Why the server could not say what runs of a cluster wait for; absent where it could. */
export interface MayBeUnknown {
  readonly waitsUnknown?: string;
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`/api/${path}`, init).catch(() => {
    throw new Error("Kindred does not answer. Is `kindred ui` still running?");
  });
  const body = (await response.json().catch(() => ({}))) as { error?: { message: string } };
  if (!response.ok) throw new Error(body.error?.message ?? `the server answered ${response.status}`);
  return body as T;
}

function tell<T>(path: string, body: unknown): Promise<T> {
  return ask(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-kindred": "1" },
    body: JSON.stringify(body),
  });
}

function query(values: Readonly<Record<string, string | number>>): string {
  return new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString();
}

/** The server's answers, by what is asked. */
export const api = {
  summary: () => ask<Summary>("summary"),
  search: (text: string, limit: number) => ask<{ hits: SearchHit[] }>(`search?${query({ q: text, limit })}`),
  entity: (id: string) => ask<EntityPage>(`entities/${encodeURIComponent(id)}`),
  pair: (left: RecordName, right: RecordName) =>
    ask<PairAnswer>(
      `pairs?${query({ left_source: left.source, left_id: left.id, right_source: right.source, right_id: right.id })}`,
    ),
  merges: (kind: "weakest" | "review", offset: number, limit: number) =>
    ask<{ total: number; links: LinkView[] }>(`merges?${query({ kind, offset, limit })}`),
  runs: () => ask<{ runs: Waiting<RunSummary>[] } & MayBeUnknown>("runs"),
  insight: (run: string) =>
    ask<{ run: Waiting<RunSummary>; insight: RunInsight; timeLine: TimeLine } & MayBeUnknown>(
      `runs/${encodeURIComponent(run)}/insight?${query({ with: "time-line" })}`,
    ),
  task: (run: string, step: string, key: string) =>
    ask<{ task: TaskRecord; outcome: string | null }>(`runs/${encodeURIComponent(run)}/task?${query({ step, key })}`),
  card: (run: string, step: string, key: string, attempt: number) =>
    `/api/runs/${encodeURIComponent(run)}/card?${query({ step, key, attempt })}`,
  logs: (run: string, step: string, key: string, level: string) =>
    ask<{ logs: TaskLogText[] }>(`runs/${encodeURIComponent(run)}/logs?${query({ step, key, level })}`),
  dataSets: (project: string) =>
    ask<VersionsAnswer & { projects: string[] }>(`data-sets${project === "" ? "" : `?${query({ project })}`}`),
  dataSet: (project: string, name: string) =>
    ask<VersionsAnswer>(`data-sets/${encodeURIComponent(name)}?${query({ project })}`),
  figures: ({ project, namespace, name, version }: VersionName) =>
    ask<{ kind: string; figures: FiguresView }>(
      `data-sets/${encodeURIComponent(name)}/versions/${version}/figures?${query({ project, namespace })}`,
    ),
  history: ({ project, name, limit }: { project: string; name?: string; limit: number }) =>
    ask<HistoryAnswer>(
      `production/audit?${query({ ...(project === "" ? {} : { project }), ...(name === undefined ? {} : { name }), limit })}`,
    ),
  made: (run: string) => ask<RunDataSetsView & { total: number }>(`runs/${encodeURIComponent(run)}/data-sets`),
  compare: (run: string) => ask<ComparisonView & { total: number }>(`runs/${encodeURIComponent(run)}/production`),
  decisions: () => ask<{ decisions: DecisionView[] }>("decisions"),
  decide: (kind: "same" | "different", left: RecordName, right: RecordName) =>
    tell<{ run: string; event: number }>("decisions", { kind, left, right }),
  revoke: (event: number) => tell<{ run: string }>(`decisions/${event}/revoke`, {}),
};
