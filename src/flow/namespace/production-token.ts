import { randomBytes, timingSafeEqual } from "node:crypto";
import { KindredError, sha256 } from "../../base/index.ts";

const tokenShape = /^kpt_[A-Za-z0-9_-]{43}$/;

/** A fresh token that lets its bearer change production. Shown once: only its hash is stored. */
export function makeProductionToken(): string {
  return `kpt_${randomBytes(32).toString("base64url")}`;
}

/** What is stored of a token: 256 random bits need no salt. */
export function tokenHash(token: string): string {
  return sha256(new TextEncoder().encode(token));
}

/**
 * Checks a token against the hashes of a project's. Says nothing of the token itself.
 * @throws refused
 */
export function assertProductionToken(token: string | undefined, hashes: readonly string[], project: string): void {
  if (hashes.length === 0) {
    throw refusal(`project "${project}" has no production token yet`, `kindred production token --project ${project}`);
  }
  if (token === undefined || token === "") {
    throw refusal(`no production token for project "${project}"`, "Put it into KINDRED_PRODUCTION_TOKEN");
  }
  const given = Buffer.from(tokenHash(token), "hex");
  if (tokenShape.test(token) && hashes.some((hash) => timingSafeEqual(given, Buffer.from(hash, "hex")))) return;
  throw refusal(
    `the production token is not one of project "${project}"`,
    "Ask who made it, or make a new one with: kindred production token",
  );
}

function refusal(seen: string, hint: string): KindredError {
  return new KindredError("refused", {
    seen,
    expected: "a production token: only its bearer changes production",
    hint,
  });
}
