import { KindredError } from "../../../base/index.ts";
import { flowLimits } from "../../limits.ts";
import type { SqlRunner } from "./sql-port.ts";

/** Tags a run. @throws argument-invalid when a tag is none, limit-exceeded */
export async function insertTags(sql: SqlRunner, run: number, tags: readonly string[]): Promise<void> {
  for (const tag of tags) {
    assertTag(tag);
    await sql.run("insert into run_tags (tag, run) values (?, ?) on conflict (tag, run) do nothing", tag, run);
  }
  const counted = "select count(*) as tags from run_tags where run = ?";
  const count = (await sql.all<{ readonly tags: number }>(counted, run))[0]?.tags ?? 0;
  if (count <= flowLimits.tags) return;
  const expected = `at most ${flowLimits.tags}`;
  throw new KindredError("limit-exceeded", { seen: `${count} tags of one run`, expected, where: { run: String(run) } });
}

function assertTag(tag: string): void {
  if (tag.length > 0 && tag.length <= flowLimits.tagLength && tag.trim() === tag && !/\p{Cc}/u.test(tag)) return;
  const expected = `a text of 1 to ${flowLimits.tagLength} characters, none of control, without space around it`;
  throw new KindredError("argument-invalid", { seen: `the tag ${JSON.stringify(tag)}`, expected });
}
