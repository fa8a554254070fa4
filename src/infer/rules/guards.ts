const negation = /\b(?:not|no|never|neither|nor|hardly|without|cannot|nothing|nobody)\b|n['’]t\b/i;
const hypothesis = new RegExp(
  "\\b(?:planned|plans?|intended|meant|conceived|proposed|considered|supposed(?:ly)?|rumou?r(?:s|ed)?|would|could|might|may|if|unless|" +
    "whether|almost|nearly|alleged(?:ly)?|reported(?:ly)?|mistaken(?:ly)?|wrongly|falsely|myth|abandoned|cancel+ed|shelved|unmade|" +
    "unproduced|hoped|wanted|pitched|beg[au]n as|started (?:out )?as|(?:idea|script|plan|pitch|proposal) for|expected|perhaps|possibly|" +
    "probably|seems?|appears to|said to|says?|believed?|thought|claim(?:s|ed)?|as though|unlike|instead of|den(?:ies|ied)|" +
    "spiritual|unofficial|imagin(?:e|es|ed|ary)|fictional|feels? like|resembles?|parody|spoof)\\b",
);

/** Why a sentence does not assert what its words seem to say; undefined if it does. */
export type Doubt = "negated" | "hypothetical";

/**
 * Looks for what takes an assertion back. Precision first: a word such as "would" anywhere before the end of the
 * statement is enough.
 * @param clause masked text from the subject to the end of the statement
 * @param before masked text of the sentence before that
 * @param after masked text of the sentence after that
 */
export function doubtOf(clause: string, before: string, after: string): Doubt | undefined {
  if (negation.test(clause) || /\b(?:not (?:true|that|the case)|nobody|no one|wrong)\b/i.test(before)) return "negated";
  // Lower case only: May is a month, and titles are masked.
  if (hypothesis.test(before) || hypothesis.test(clause) || /^(?:Had|Were|If|Unlike)\b/.test(before))
    return "hypothetical";
  return after.trimEnd().endsWith("?") ? "hypothetical" : undefined;
}
