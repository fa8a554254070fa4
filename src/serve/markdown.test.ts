import fc from "fast-check";
import { expect, test } from "vitest";
import { markdownToHtml } from "./markdown.ts";

test("headings, lists, tables, code and emphasis become HTML", () => {
  const markdown =
    "# Title\n\nSome **bold** and *soft* `a < b`.\n\n- one\n- two\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```ts\nx < y\n```";
  expect(markdownToHtml(markdown).split("\n")).toEqual([
    "<h1>Title</h1>",
    "<p>Some <strong>bold</strong> and <em>soft</em> <code>a &lt; b</code>.</p>",
    "<ul><li>one</li><li>two</li></ul>",
    "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
    "<pre><code>x &lt; y</code></pre>",
  ]);
  expect(markdownToHtml("[here](https://example.org) [no](javascript:alert)")).toBe(
    '<p><a href="https://example.org">here</a> [no](javascript:alert)</p>',
  );
});

test("whatever is written, no tag comes out but ours, and none with more than a link to http", () => {
  const piece = fc.constantFrom(
    "<script>",
    "<img src=x onerror=y>",
    '"',
    "`",
    "**",
    "*",
    "[",
    "](https://a.b",
    ")",
    "|",
    "\n",
    "#",
    " ",
    "- ",
    "```",
    "a",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const tags = markdownToHtml(pieces.join("")).match(/<[^>]*>/g) ?? [];
      for (const tag of tags)
        expect(tag).toMatch(
          /^<\/?(h[1-6]|p|ul|ol|li|table|tr|th|td|pre|code|strong|em|a)( href="https?:\/\/[^"<>\s]*")?>$/,
        );
    }),
    { seed: 404, numRuns: 500 },
  );
});
