/** Upper bounds of the flow runtime, each with the reason it is there. */
export const flowLimits = {
  /** One task's artifact as JSON. What is bigger belongs into a blob. */
  artifactBytes: 8 * 1024 * 1024,
  /** All outcomes of a foreach as one JSON array: later steps parse it whole. */
  foreachBytes: 256 * 1024 * 1024,
  /** The items of one window as JSON: the scheduler parses it whole, and has several windows open. */
  pageBytes: 64 * 1024 * 1024,
  /** An artifact up to this size lives in the metadata, which spares trivial tasks a file and a sync. */
  inlineArtifactBytes: 4 * 1024,
  paramsBytes: 1024 * 1024,
  /** The files of a flow's code, which are read and archived in memory whenever a run of it begins. */
  codeBytes: 256 * 1024 * 1024,
  /** Tasks of one window of a foreach, whose items are one page (a Temporal workflow bears 2,000 pending activities). */
  windowTasks: 500,
  /** Tasks of one foreach handed out and not ended, over all its open windows. */
  handedOutTasks: 1_000,
  /** Windows open at a time: more than one, so that one slow task does not idle the workers. */
  openWindows: 8,
  foreachItems: 1_000_000,
  keyLength: 200,
  retryCount: 100,
  steps: 1_000,
  /** Files of one data set: its manifest is read whole. */
  dataSetFiles: 10_000,
  /** Data sets of one run. */
  runDataSets: 100,
  /** Tags of one run. */
  tags: 100,
  tagLength: 200,
  /** One attempt's card; what follows is dropped with a note. */
  cardBytes: 1024 * 1024,
  /** One attempt's log; what follows is dropped with a note. */
  logBytes: 64 * 1024 * 1024,
} as const;
