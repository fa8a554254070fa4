/** From when on a trigger is watched: told once, and kept. */
export interface WatchBegin {
  /** Events after this one. */
  readonly event: number;
  readonly sinceMs: number;
}

/** What triggers are made of. A firing is a name; a run that is made for it and the name are written together, or neither. */
export interface TriggerStore {
  /** Tells of an event in a namespace. Returns its number. */
  emit(namespace: string, name: string): Promise<number>;
  /** The first call of a watch says from when on it watches; all later ones, in any process, get that. */
  beginWatch(watch: string): Promise<WatchBegin>;
  /** Numbers of the events of that name after `event`, ascending; at most 1,000. */
  events(namespace: string, name: string, event: number): Promise<readonly number[]>;
  /** Runs of a flow that were done since then, ascending; the latest 1,000. */
  runsDone(namespace: string, flow: string, sinceMs: number): Promise<readonly string[]>;
  /** Of these firings those that a run was made for, with the run. */
  fired(firings: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Runs that were made for firings of a watch and are not at their end: to be resumed where nobody holds them. */
  unfinished(watch: string): Promise<readonly string[]>;
}
