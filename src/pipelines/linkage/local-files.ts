import type { TaskContext } from "../../flow/index.ts";
import { profileSource, type SourcePlan, type SourceProfile, type SourceSpec } from "../../records/index.ts";

/** Where a file that the params name is on this machine; see the context of a task. */
export type FindFile = TaskContext<unknown, unknown>["file"];

/** The profile of a source, read where its files are here; it names them as the params do, so that any machine plans the same. */
export async function profileFound(
  spec: SourceSpec,
  find: FindFile,
  temporaryDirectory: string,
): Promise<SourceProfile> {
  const path = await find(spec.path);
  const profile = await profileSource({ ...spec, path }, { temporaryDirectory });
  const files = profile.layout.files.map(renaming(path, spec.path));
  return { ...profile, spec, layout: { ...profile.layout, files } };
}

/** The plan of a source with its files where they are here. */
export async function planFound(plan: SourcePlan, find: FindFile): Promise<SourcePlan> {
  const files = await Promise.all(plan.layout.files.map(find));
  return { ...plan, layout: { ...plan.layout, files } };
}

/** Calls files below `here` as they are called below `there`: two paths of the same files that end alike. */
export function renaming(here: string, there: string): (file: string) => string {
  let same = 0;
  while (same < here.length && same < there.length && here.at(-1 - same) === there.at(-1 - same)) same += 1;
  const base = here.slice(0, here.length - same);
  const named = there.slice(0, there.length - same);
  return (file) => (file.startsWith(base) ? `${named}${file.slice(base.length)}` : file);
}
