import type { Ground } from "../fault.ts";
import { cluster } from "./cluster.ts";
import { machine } from "./machine.ts";
import { stores } from "./stores.ts";

/** All that faults are injected into. */
export const grounds: readonly Ground[] = [machine, stores, cluster];
