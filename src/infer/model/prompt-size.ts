import { KindredError } from "../../base/index.ts";
import type { Document } from "../documents/document.ts";

/** The longest document that is put to a model in one question, in UTF-16 units: about 50,000 tokens of English. */
const maxPromptLength = 200_000;

/** @throws limit-exceeded for a document longer than {@link maxPromptLength} */
export function assertPromptSize(document: Document): void {
  if (document.text.length <= maxPromptLength) return;
  throw new KindredError("limit-exceeded", {
    seen: `the document has ${document.text.length} characters`,
    expected: `at most ${maxPromptLength} for one question to a model`,
    hint: "Split it into several documents",
    where: { file: document.id },
  });
}
