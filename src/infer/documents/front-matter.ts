import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { KindredError } from "../../base/index.ts";
import type { Document } from "./document.ts";

const frontMatterSchema = z.looseObject({
  title: z.string().min(1).optional(),
  about: z.object({ type: z.string().min(1), name: z.string().min(1), year: z.int().optional() }).optional(),
});

/**
 * Reads the YAML between `---` lines at the head of a Markdown file: `title`, and `about: {type, name, year?}`.
 * Other keys are the author's own.
 * @throws source-malformed if it is not YAML of that shape
 */
export function readFrontMatter(text: string, file: string): Pick<Document, "title" | "about" | "bodyStart"> {
  const found = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?\r?\n)?---[ \t]*(?:\r?\n|$)/.exec(text);
  if (found === null) return {};
  const { title, about } = checked(found[1] ?? "", file);
  return {
    bodyStart: found[0].length,
    ...(title === undefined ? {} : { title }),
    ...(about === undefined
      ? {}
      : {
          about: {
            kind: "mention" as const,
            entityType: about.type,
            name: about.name,
            ...(about.year === undefined ? {} : { year: about.year }),
          },
        }),
  };
}

function checked(yaml: string, file: string): z.infer<typeof frontMatterSchema> {
  try {
    return frontMatterSchema.parse(parseYaml(yaml) ?? {});
  } catch (cause) {
    const seen = cause instanceof z.ZodError ? z.prettifyError(cause).replaceAll("\n", " ") : (cause as Error).message;
    throw new KindredError("source-malformed", {
      seen: `the front matter cannot be read (${seen.split("\n")[0]})`,
      expected: "YAML such as `title: Some text` and `about: {type: film, name: Alien, year: 1979}`",
      where: { file, row: 1 },
      cause,
    });
  }
}
