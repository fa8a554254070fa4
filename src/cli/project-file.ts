import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Project } from "../pipelines/index.ts";

const fileNames = ["kindred.yaml", "kindred.yml"];

/** The project that the nearest `kindred.yaml` here or above declares; one that declares nothing when there is none. @throws config-invalid */
export async function readProject(cwd: string): Promise<Project> {
  const { loadProject, noProject } = await import("../pipelines/index.ts");
  const path = projectFile(cwd);
  return path === null ? noProject : loadProject(path);
}

function projectFile(cwd: string): string | null {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const found = fileNames.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
    if (folder === dirname(folder)) return null;
  }
}
