import { isKindredError, KindredError } from "../../../base/index.ts";

/** Codes of PostgreSQL (errcodes) for a server that goes, comes or has no connection left. */
const passingServer = /^(08\w{3}|57P0[1-3]|53300)$/;
/** Transactions that stood in each other's way. */
const passingConflict = /^(40001|40P01|55P03)$/;
const networkCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
]);
/** What `pg` says without a code. */
const brokenMessage =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error/;

/** True when the connection is gone, whatever became of the statement. */
export function isBroken(error: unknown): boolean {
  const { code, message } = partsOf(error);
  return networkCodes.has(code) || passingServer.test(code) || brokenMessage.test(message);
}

/** True for what another try may not meet again. */
export function isPassing(error: unknown): boolean {
  return isBroken(error) || passingConflict.test(partsOf(error).code);
}

/** An error of the database in Kindred's words where there are some. Never holds the URL. */
export function connectionError(error: unknown, place: string): unknown {
  if (isKindredError(error)) return error;
  const { code, message } = partsOf(error);
  if (isPassing(error))
    return new KindredError("run-failed", {
      seen: `the run metadata does not answer (${message})`,
      expected: "a PostgreSQL server that takes connections",
      hint: "Look after the database, then resume the run",
      where: { file: place },
      cause: error,
    });
  if (code === "42501")
    return new KindredError("refused", {
      seen: `the database refuses: ${message}`,
      expected: "a user with the rights that docs/guide/stores.md lists",
      hint: "An older schema is brought up to date by the owner of the schema kindred: run kindred runs as that user",
      where: { file: place },
      cause: error,
    });
  if (/^(28\w{3}|3D000|ENOTFOUND)$/.test(code))
    return new KindredError("config-invalid", {
      seen: `the database refuses: ${message}`,
      expected: "a database and a user who may connect to it",
      hint: "Set KINDRED_METADATA, and PGPASSWORD where a password is asked for",
      where: { file: place },
      cause: error,
    });
  if (code !== "53100") return error;
  return new KindredError("disk-full", {
    seen: "no space is left on the disk of the run metadata",
    hint: "Free some space, then resume the run",
    where: { file: place },
    cause: error,
  });
}

function partsOf(error: unknown): { readonly code: string; readonly message: string } {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  return { code: String(code ?? ""), message: String(message ?? error) };
}
