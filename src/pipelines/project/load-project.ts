import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { KindredError } from "../../base/index.ts";
import { type Project, projectSchema } from "./project-schema.ts";

/** What a project declares that has no file. */
export const noProject: Project = projectSchema.parse({});

const fileSchema = z.looseObject({ project: projectSchema.optional() });

/**
 * Reads what a `kindred.yaml` declares of its project, which is under its key `project`; paths are taken from the file's folder.
 * A misspelt gate is an error, never a gate that is left out.
 * @throws config-invalid with every place that is wrong, source-missing when there is no such file
 */
export async function loadProject(path: string): Promise<Project> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new KindredError("source-missing", {
      seen: "no such file",
      expected: "kindred.yaml",
      where: { file: path },
      cause,
    });
  });
  const checked = fileSchema.safeParse(parsed(text, path) ?? {});
  if (!checked.success) {
    const problems = checked.error.issues.map((issue) => `${issue.path.join(".") || "the whole"}: ${issue.message}`);
    throw invalid(path, problems.join("; "));
  }
  const project = checked.data.project ?? noProject;
  const absolute = (file: string): string => resolve(dirname(resolve(path)), file);
  const dataSets = Object.entries(project.dataSets).map(([name, { gates, truth }]) => [
    name,
    truth === undefined ? { gates } : { gates, truth: absolute(truth) },
  ]);
  return { ...project, dataSets: Object.fromEntries(dataSets) };
}

function parsed(text: string, path: string): unknown {
  try {
    return parseYaml(text);
  } catch (cause) {
    throw invalid(path, (cause as Error).message, cause);
  }
}

function invalid(path: string, seen: string, cause?: unknown): KindredError {
  const expected = "a project as docs/guide/production.md describes it";
  return new KindredError("config-invalid", { seen, expected, where: { file: path }, cause });
}
