import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const shared = fileURLToPath(new URL("../../../shared", import.meta.url));

/** The peers that are measured beside Kindred. */
export const peersRoot = resolve(process.env.KINDRED_PEERS ?? `${shared}/peers`);
