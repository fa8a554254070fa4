import { readFileSync } from "node:fs";
import { KindredError } from "../base/index.ts";

/**
 * Takes the production token out of the environment: `KINDRED_PRODUCTION_TOKEN`, else the content of the file that
 * `KINDRED_PRODUCTION_TOKEN_FILE` names. What tasks start does not inherit it, so no step can use it by accident.
 * @throws not-found when there is no such file
 */
export function takeProductionToken(env: Record<string, string | undefined>): string | undefined {
  const { KINDRED_PRODUCTION_TOKEN: token, KINDRED_PRODUCTION_TOKEN_FILE: file } = env;
  delete env.KINDRED_PRODUCTION_TOKEN;
  delete env.KINDRED_PRODUCTION_TOKEN_FILE;
  if (token) return token;
  return file ? readToken(file) : undefined;
}

function readToken(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new KindredError("not-found", {
      seen: "the file of the production token cannot be read",
      expected: "what KINDRED_PRODUCTION_TOKEN_FILE names",
      where: { file },
      cause,
    });
  }
}
