export type {
  DecisionView,
  LinkagePort,
  LinkPage,
  LinkView,
  NewDecisionView,
  PairAnswer,
  PairEntity,
  PairView,
  RecordName,
  RecordView,
} from "./linkage-port.ts";
export type {
  ChangeView,
  ComparedView,
  ComparisonView,
  FiguresView,
  LinkageChangeView,
  MatchChangeView,
  ProductionPort,
  RunDataSetsView,
  VersionView,
} from "./production-port.ts";
export type { Asset, RunningServer, ServerOptions } from "./server-options.ts";
export { startServer } from "./start-server.ts";
