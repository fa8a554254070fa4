import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kindred, madeCatalogues, makeFolder, writeFiles } from "./e2e/kindred-process.ts";
import { describeWith, needBrowser } from "./needs.ts";
import { type PagesServer, startPages } from "./support/pages-server.ts";

const longKey = "The Mother/part (2009) and a key so long that nobody would have thought of writing it";

const uneven = `
import { flow } from "kindred/flow";
export default flow("uneven", { params: {} })
  .foreach("work", { over: () => Array.from({ length: 40 }, (_, i) => i), key: (i) => i === 39 ? ${JSON.stringify(longKey)} : "k" + i }, async ({ item, log, facts, card }) => {
    log.warn("is odd");
    facts({ pairs: item === 3 ? 5_000_000 : 1000 });
    card.markdown("# Item " + item);
    await new Promise((resolve) => setTimeout(resolve, item === 3 ? 2500 : 5));
    if (item === 39) throw new Error("the last is odd");
    return item;
  });
`;

/** Evaluated in the page: on how many lines each name of a step stands. */
const linesOfStepNames = `[...document.querySelectorAll(".path th")].map((name) => {
  const text = document.createRange();
  text.selectNodeContents(name.querySelector("span") ?? name);
  return text.getClientRects().length;
})`;

describeWith(needBrowser(), "the pages of a home without a published graph", () => {
  let folder: string;
  let pages: PagesServer;

  beforeAll(async () => {
    folder = await makeFolder();
    await writeFiles(folder, { "uneven.ts": uneven });
    await kindred(folder, "run", "uneven.ts", "--workers", "2", "--tag", "odd");
    pages = await startPages(folder);
  }, 90_000);

  afterAll(async () => {
    await pages?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("show the run, its skew, and the failed task with its log and card, by the keyboard alone", {
    timeout: 120_000,
  }, async () => {
    const page = await pages.open("#/runs");
    const row = page.getByRole("row").nth(1);
    expect(await row.innerText()).toMatch(/uneven[\s\S]*odd[\s\S]*user\.[\s\S]*failed[\s\S]*the last is odd/);
    await page.getByRole("link", { name: "1", exact: true }).press("Enter");
    await page.getByText("5,000,000 pairs, 5000.0x the median").waitFor();
    await page.getByRole("application").focus();
    const reading = page.locator(".reading [aria-live]");
    for (let key = "End", last = await reading.innerText(); !last.includes("failed, "); key = "ArrowLeft") {
      await page.keyboard.press(key);
      await expect.poll(() => reading.innerText()).not.toBe(last);
      last = await reading.innerText();
    }
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: `work / ${longKey}` }).waitFor();
    expect(await page.locator(".task p.failed").innerText()).toBe("the last is odd");
    await page.locator("pre", { hasText: "warn is odd" }).waitFor();
    await page.frameLocator("iframe.card").getByRole("heading", { name: "Item 39" }).waitFor();
    await page.setViewportSize({ width: 380, height: 800 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(380);
    // A name of a step is one word: on a narrow page it is not broken as long as there is room for it.
    expect(await page.evaluate(linesOfStepNames)).toEqual([1]);
    await page.getByRole("link", { name: "Close this task" }).press("Enter");
    await page.getByRole("heading", { name: "Critical path" }).waitFor();
    expect(await page.locator(".task").count()).toBe(0);
    expect(pages.problems).toEqual([]);
    await page.close();
  });

  test("say what to run where a graph would be, and show the graph once it is published", {
    timeout: 240_000,
  }, async () => {
    const page = await pages.open("");
    await page.getByRole("heading", { name: "No graph is published yet" }).waitFor();
    await page.getByText("kindred demo").waitFor();
    const merges = await pages.open("#/merges");
    expect(await merges.getByRole("alert").innerText()).toContain("Run `kindred demo` or `kindred link`");
    const { left, right } = madeCatalogues(60);
    await writeFiles(folder, { "a.csv": left, "b.csv": right });
    expect((await kindred(folder, "link", "a.csv", "b.csv", "--out", "out")).exitCode).toBe(0);
    await kindred(folder, "run", "uneven.ts", "--workers", "2");
    await page.reload();
    await page.getByRole("heading", { name: "One graph out of many catalogues" }).waitFor();
    // The run that published it, and not the newest there is.
    await page.getByRole("link", { name: "run 2" }).waitFor();
    await Promise.all([page.close(), merges.close()]);
  });
});
