import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kindred, madeCatalogues, writeFiles } from "./e2e/kindred-process.ts";
import { describeWith, needBrowser } from "./needs.ts";
import { type PagesServer, startPages } from "./support/pages-server.ts";

/** Evaluated in a page with records side by side. */
const recordColumns = `(() => {
  const year = [...document.querySelectorAll(".records tbody th")].find((name) => name.textContent === "year");
  const text = document.createRange();
  text.selectNodeContents(year);
  return {
    areAllInSight: [...document.querySelectorAll(".records thead th")].every((name) => name.getBoundingClientRect().right <= innerWidth),
    linesOfYear: text.getClientRects().length,
  };
})()`;

describeWith(needBrowser(), "the pages in a real browser", () => {
  let folder: string;
  let pages: PagesServer;
  const open: PagesServer["open"] = (path, options) => pages.open(path, options);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kindred-pages-"));
    const { left, right } = madeCatalogues(200);
    await writeFiles(folder, { "a.csv": left, "b.csv": right });
    await kindred(folder, "link", "a.csv", "b.csv", "--out", "out");
    pages = await startPages(folder);
  }, 90_000);

  afterAll(async () => {
    await pages?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("lead from a search to an entity with its facts, and who says so", { timeout: 60_000 }, async () => {
    const page = await open("");
    await page.getByRole("heading", { name: "One graph out of many catalogues" }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("the golden");
    // The hits of a word half typed are offered first: wait for those of the whole.
    await page.getByRole("option").first().filter({ hasText: "Golden" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "What is known" }).waitFor();
    expect(await page.locator("h1").innerText()).toContain("Golden");
    expect(await page.locator(".facts").innerText()).toMatch(/released in\s*\d{4}\s*a, b/);
    expect(await page.locator(".neighbourhood circle").count()).toBeGreaterThan(1);
    await page.close();
  });

  test("show a merge as a waterfall that adds up, undo it, and take that back", { timeout: 90_000 }, async () => {
    const page = await open("#/merges");
    await page.locator(".links a").first().waitFor();
    const chosen = (): Promise<unknown> =>
      page.evaluate('[...document.querySelectorAll(".links a")].indexOf(document.activeElement)');
    for (const [key, place] of [
      ["j", 0],
      ["j", 1],
      ["j", 2],
      ["k", 1],
    ] as const) {
      await page.keyboard.press(key);
      expect(await chosen()).toBe(place);
    }
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "The evidence" }).waitFor();
    const weights = (await page.locator(".waterfall td.number").allInnerTexts()).map((text) =>
      Number(text.replace("−", "-").replace("+", "")),
    );
    const sum = weights.at(-1) as number;
    const titles = (await page.locator(".waterfall th").allInnerTexts()).map((text) => text.split("\n")[0]);
    // A field that the blocking rule asks to be equal is not weighed again, so which rows stand between depends on the pair.
    expect([titles[0], titles.at(-1)]).toEqual(["before looking", "together"]);
    expect(titles.slice(1, -1)).toContain("title");
    expect(weights.slice(0, -1).reduce((total, weight) => total + weight, 0)).toBeCloseTo(sum, 1);

    await page.getByText("Both are records of").waitFor();
    await page.getByRole("button", { name: "Undo this merge" }).click();
    await page.getByRole("button", { name: "Yes" }).click();
    await page.getByText("someone decided that these are different").waitFor();
    const parted = page.getByText("They are records of");
    await parted.waitFor();
    expect(await parted.getByRole("link").count()).toBe(2);
    expect(await page.locator(".under .outcome").innerText()).toBe("review");
    await page.reload();
    await page.getByText("Someone said that these are different").waitFor();
    await page.getByRole("button", { name: "Take the decision back" }).click();
    await page.getByRole("button", { name: "Yes" }).click();
    await page.getByRole("button", { name: "Undo this merge" }).waitFor();
    expect(await page.locator(".under .outcome").innerText()).toBe("match");
    await page.close();
  });

  test("show a run's tasks in time, and the log of the task that is chosen with the keyboard", {
    timeout: 60_000,
  }, async () => {
    const page = await open("#/runs");
    await page.getByRole("link", { name: "1", exact: true }).click();
    await page.locator(".lanes canvas").waitFor();
    for (const step of ["plan", "ingest", "match", "cluster", "publish"]) {
      expect(await page.locator(".lane-names span", { hasText: step }).count()).toBe(1);
    }
    await page.getByRole("application").focus();
    // From the plan down to ingest, over the task that lists its sources, to the first of them.
    for (const key of ["Home", "ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
    const reading = await page.locator(".reading [aria-live]").innerText();
    expect(reading).toMatch(/^ingest\/[ab], done, /);
    await page.keyboard.press("Enter");
    await page.waitForURL(/#\/run\/1\/ingest\/[ab]$/);
    await page.goto(`${pages.url}#/run/1/ingest/a`);
    await page.getByRole("heading", { name: "ingest / a" }).waitFor();
    await page.getByText("read 200 records").waitFor();
    await page.getByText("The chain of tasks that made the run as long as it is").waitFor();
    expect(await page.getByRole("region", { name: "Steps" }).getByRole("row").count()).toBeGreaterThan(10);
    await page.close();
  });

  test("fit a phone, every one of them", { timeout: 90_000 }, async () => {
    const phone = await open("#/merges", { viewport: { width: 380, height: 800 } });
    const pair = (await phone.locator(".links a").first().getAttribute("href")) as string;
    const merges = (await (await phone.request.get(`${pages.url}api/search?q=golden`)).json()) as {
      hits: { id: string }[];
    };
    const entity = `#/entity/${encodeURIComponent(merges.hits[0]?.id ?? "")}`;
    for (const path of ["#/", "#/merges", "#/merges/review", pair, entity, "#/runs", "#/run/1"]) {
      await phone.goto(`${pages.url}${path}`);
      await phone.locator("h1").waitFor();
      await phone.waitForLoadState("networkidle");
      expect([path, await phone.evaluate("document.documentElement.scrollWidth")]).toEqual([path, 380]);
    }
    // Two records stand side by side there too, and a short name of a field in one line.
    await phone.goto(`${pages.url}${pair}`);
    await phone.locator(".records").waitFor();
    expect(await phone.evaluate(recordColumns)).toEqual({ areAllInSight: true, linesOfYear: 1 });
    await phone.close();
  });

  test("are dark where the reader is, and light elsewhere", { timeout: 60_000 }, async () => {
    const colours = async (colorScheme: "dark" | "light"): Promise<unknown> => {
      const page = await open("", { colorScheme });
      const found = await page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]",
      );
      await page.close();
      return found;
    };
    const lightness = (colour: string): number => Number(/\d+/.exec(colour)?.[0]);
    const [dark, light] = [await colours("dark"), await colours("light")] as [[string, string], [string, string]];
    expect(lightness(dark[0])).toBeLessThan(lightness(dark[1]));
    expect(lightness(light[0])).toBeGreaterThan(lightness(light[1]));
  });

  test("have nothing to complain about in the console", () => {
    expect(pages.problems).toEqual([]);
  });
});
