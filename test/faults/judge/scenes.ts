import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { postgresProgram } from "../../servers/installed.ts";
import type { BlobBytes, Query } from "./evidence.ts";

/**
 * Queries a copy of a SQLite file, so that looking changes nothing: a reader that opens the file itself would move what is
 * in its log. One that is not there, or has no tables yet, has no rows.
 */
export function sqliteQuery(path: string): Query {
  return async (sql) => {
    const folder = mkdtempSync(join(tmpdir(), "kindred-judge-"));
    const copy = join(folder, "runs.sqlite");
    for (const end of ["", "-wal"]) if (existsSync(path + end)) copyFileSync(path + end, copy + end);
    const database = new DatabaseSync(copy);
    try {
      return database.prepare(sql).all() as Awaited<ReturnType<Query>>;
    } catch (error) {
      if (/no such table/.test(String(error))) return [];
      throw error;
    } finally {
      database.close();
      rmSync(folder, { recursive: true });
    }
  };
}

/** Queries PostgreSQL by its own client. A database that has no tables yet has no rows. */
export function postgresQuery(url: string): Query {
  return async (sql) => {
    const asked = `select coalesce(json_agg(found), '[]') from (${sql}) as found`;
    const args = ["--no-psqlrc", "-qAtX", "-c", asked, url];
    try {
      const { stdout } = await promisify(execFile)(postgresProgram("psql"), args, { maxBuffer: 64 * 1024 * 1024 });
      return JSON.parse(stdout);
    } catch (error) {
      if (/relation "\w+" does not exist/.test(String(error))) return [];
      throw error;
    }
  };
}

/** Reads blobs of a folder. */
export function folderBlobs(folder: string): BlobBytes {
  return (blob) => readFile(join(folder, blob.slice(0, 2), blob.slice(2))).catch(() => null);
}

/** Reads blobs of an S3 server. */
export function s3Blobs(ask: (path: string) => Promise<Response>, prefix: string): BlobBytes {
  return async (blob) => {
    const answer = await ask(`${prefix}/${blob.slice(0, 2)}/${blob.slice(2)}`);
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  };
}
