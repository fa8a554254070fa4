import { expect, test } from "vitest";
import { flowLimits } from "../limits.ts";
import { CardWriter } from "./card-writer.ts";

test("a card holds what was written, in order; nothing written is no card", () => {
  const writer = new CardWriter();
  expect(writer.card()).toBeNull();
  writer.markdown("# One");
  writer.html("<b>two</b>");
  expect(writer.card()).toEqual({
    parts: [
      { kind: "markdown", text: "# One" },
      { kind: "html", text: "<b>two</b>" },
    ],
  });
});

test("what is no text becomes one, and fails nobody", () => {
  const writer = new CardWriter();
  writer.markdown(undefined as unknown as string);
  writer.html(5 as unknown as string);
  expect(writer.card()?.parts.map(({ text }) => text)).toEqual(["undefined", "5"]);
});

test("a card ends at its limit with a note, and fails nobody", () => {
  const writer = new CardWriter();
  writer.html("x".repeat(flowLimits.cardBytes - 10));
  writer.html("é".repeat(100));
  writer.markdown("dropped too");
  const { parts } = writer.card() ?? { parts: [] };
  expect(parts).toHaveLength(2);
  expect(parts[1]?.text).toBe("The card reached 1048576 bytes: the rest is dropped.");
});
