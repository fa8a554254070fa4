import { readFile, realpath } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { KindredError } from "./errors.ts";
import { writeFileAtomic } from "./files.ts";

/** The file whose presence says that Kindred wrote the folder and may replace it. */
export const outputMarker = ".kindred-output.json";

/** What the marker of a folder says that only its holder may replace. */
interface HeldMarker {
  /** Who holds it, such as `production of project films`. */
  readonly heldBy?: string;
}

/** Writes a file that a user named, as {@link writeFileAtomic} does. @throws refused in a folder that is held; disk-full */
export async function writeOutputFile(path: string, data: Uint8Array | string): Promise<void> {
  await assertNotHeld(path);
  await writeFileAtomic(path, data);
}

/**
 * Refuses a file or folder that is held, or is in a folder that is, by whatever links one comes there.
 * @throws refused
 */
export async function assertNotHeld(path: string): Promise<void> {
  let folder = resolve(path);
  // Links are followed from the first folder on that is there.
  while (true) {
    const real = await realpath(folder).catch(() => undefined);
    if (real !== undefined) {
      folder = real;
      break;
    }
    if (folder === dirname(folder)) return;
    folder = dirname(folder);
  }
  for (; ; folder = dirname(folder)) {
    const text = await readFile(join(folder, outputMarker), "utf8").catch(() => "{}");
    const { heldBy } = parsedMarker(text);
    if (heldBy !== undefined) {
      throw new KindredError("refused", {
        seen: `the folder is held by ${heldBy}`,
        expected: "a folder of your own",
        hint: "Name another place with --out, and bring the result there with: kindred promote RUN",
        where: { file: path },
      });
    }
    if (folder === dirname(folder)) return;
  }
}

function parsedMarker(text: string): HeldMarker {
  try {
    return JSON.parse(text) as HeldMarker;
  } catch {
    return {};
  }
}
