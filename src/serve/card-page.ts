import type { CardPart, TaskCard } from "../flow/index.ts";
import { markdownToHtml } from "./markdown.ts";

/** What a card may do: show itself. No script, no form, nothing from elsewhere, and an origin of its own. */
export const cardPolicy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const style = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:1rem}
table{border-collapse:collapse}th,td{border:1px solid #8886;padding:.2em .6em;text-align:left}
pre{overflow:auto;padding:.6em;border:1px solid #8886}img{max-width:100%}`;

/** A card as a page of its own, for a frame under {@link cardPolicy}. */
export function cardPage({ parts }: TaskCard): string {
  const body = parts.map(partHtml).join("\n");
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Card</title><style>${style}</style><body>${body}</body></html>`;
}

function partHtml({ kind, text }: CardPart): string {
  return kind === "html" ? text : markdownToHtml(text);
}
