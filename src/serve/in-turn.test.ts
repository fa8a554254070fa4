import { expect, test } from "vitest";
import { inTurn } from "./in-turn.ts";

test("what costs time is done one after the other, and once for all who ask for the same", async () => {
  const turn = inTurn<string>();
  const log: string[] = [];
  const act = (name: string) => async () => {
    log.push(`begin ${name}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    log.push(`end ${name}`);
    if (name === "bad") throw new Error("is bad");
    return name;
  };
  const asked = ["a", "bad", "a", "b"].map((name) => turn(name, act(name)));
  const answers = await Promise.allSettled(asked);
  expect(answers.map((answer) => (answer.status === "fulfilled" ? answer.value : "failed"))).toEqual([
    "a",
    "failed",
    "a",
    "b",
  ]);
  expect(log).toEqual(["begin a", "end a", "begin bad", "end bad", "begin b", "end b"]);
  expect(await turn("a", act("a"))).toBe("a");
  expect(log.slice(-2)).toEqual(["begin a", "end a"]);
});

test("nobody waits behind more than a page could ask for", async () => {
  const turn = inTurn<void>();
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const waiting = Array.from({ length: 64 }, (_, i) => turn(String(i), () => held));
  expect(() => turn("one more", () => held)).toThrow("64 requests wait already");
  release();
  await Promise.all(waiting);
  await expect(turn("one more", async () => {})).resolves.toBeUndefined();
});
