import type { DataSets } from "../flow/index.ts";
import { readProject } from "./project-file.ts";
import type { Session } from "./session.ts";

/** Opens the data sets of the home for one use, and closes them whatever happens. */
export async function withDataSets<T>(
  { home, places, onlyLooks = false }: Pick<Session, "home" | "places"> & { readonly onlyLooks?: boolean },
  use: (dataSets: DataSets) => Promise<T>,
): Promise<T> {
  const { openDataSets } = await import("../flow/index.ts");
  const dataSets = await openDataSets(home, places, { onlyLooks });
  try {
    return await use(dataSets);
  } finally {
    await dataSets.close();
  }
}

/** The project that a command speaks of: the one named, else what `kindred.yaml` says, else the default. */
export async function projectName(named: string | undefined): Promise<string> {
  const { defaultProject } = await import("../flow/index.ts");
  return named ?? (await readProject(process.cwd())).name ?? defaultProject;
}
