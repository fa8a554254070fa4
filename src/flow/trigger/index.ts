import type { StorePlaces } from "../store/store-places.ts";
import { checkTrigger } from "./trigger.ts";
import type { WatchOptions } from "./watch-triggers.ts";

/** Runs a flow each time one of its triggers fires, each firing once, until the signal. @throws config-invalid */
export async function watchTriggers(options: WatchOptions): Promise<void> {
  const watch = await import("./watch-triggers.ts");
  return watch.watchTriggers(options);
}

/** Tells of an event in a namespace: flows that wait for it there run. Returns its number. @throws config-invalid */
export async function emitEvent(
  home: string,
  namespace: string,
  name: string,
  places: StorePlaces = {},
): Promise<number> {
  checkTrigger({ onEvent: name });
  const { openHomeMetadata } = await import("../home/home-stores.ts");
  const metadata = await openHomeMetadata(home, places);
  return metadata.triggers.emit(namespace, name).finally(() => metadata.close());
}
