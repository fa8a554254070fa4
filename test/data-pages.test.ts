import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gatedProject, left, right, shorter } from "./e2e/gated-films.ts";
import { kindred, makeFolder, startKindred, writeFiles } from "./e2e/kindred-process.ts";
import { describeWith, needBrowser } from "./needs.ts";
import { type PagesServer, startPages } from "./support/pages-server.ts";

const counting = `
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { flow } from "kindred/flow";

export default flow("counting", { params: { rows: 3 } }).step("count", async ({ dataSets, params, tempDirectory }) => {
  const out = join(tempDirectory, "out");
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "counts.csv"), "matches\\n" + "1\\n".repeat(params.rows));
  await dataSets.publish("counts", out);
});
`;

/** Evaluated in the page: whether what has the focus shows it. */
const showsFocus = "getComputedStyle(document.activeElement).outlineStyle !== 'none'";

describeWith(needBrowser(), "the pages of data sets and production", () => {
  let folder: string;
  let token: string;
  let pages: PagesServer;

  const json = async (...args: string[]) => JSON.parse((await kindred(folder, ...args, "--json")).stdout);
  const withToken = async (...args: string[]): Promise<number | null> =>
    (await startKindred(folder, args, undefined, undefined, { KINDRED_PRODUCTION_TOKEN: token }).ended).exitCode;
  const linked = async (...args: string[]): Promise<string> =>
    (await json("link", "left.csv", "right.csv", "--dataset", "matches", ...args)).run;

  /** Tabs through a page from its start, and gives the addresses of the links that had the focus, each time with its outline. */
  const linksByKeyboard = async (path: string): Promise<{ reached: string[]; all: string[] }> => {
    const page = await pages.open(path);
    await page.locator("main a").first().waitFor();
    await page.waitForLoadState("networkidle");
    const all = await page
      .locator("main a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    const reached = new Set<string>();
    for (let i = 0; i < all.length + 40; i++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(
        "document.activeElement.closest('main') && document.activeElement.getAttribute('href')",
      );
      if (typeof at !== "string") continue;
      expect([at, await page.evaluate(showsFocus)]).toEqual([at, true]);
      reached.add(at);
    }
    await page.close();
    return { reached: [...reached].sort(), all: [...new Set(all)].sort() };
  };

  beforeAll(async () => {
    folder = await makeFolder();
    await writeFiles(folder, {
      "left.csv": left,
      "right.csv": right,
      "kindred.yaml": gatedProject,
      "counting.ts": counting,
    });
    token = (await json("production", "token")).token;
    expect(await withToken("promote", await linked("--branch", "hats"), "--reason", "the first")).toBe(0);
    await writeFiles(folder, { "right.csv": shorter });
    expect(await withToken("promote", await linked("--branch", "short"))).toBe(3);
    await writeFiles(folder, { "right.csv": right });
    expect(await withToken("promote", await linked(), "--reason", "better")).toBe(0);
    expect(await withToken("rollback", "matches", "--reason", "worse")).toBe(0);
    await json("run", "counting.ts", "--branch", "hats");
    pages = await startPages(folder);
  }, 180_000);

  afterAll(async () => {
    await pages?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("say where each data set stands, as the terminal does, with what it holds", { timeout: 120_000 }, async () => {
    const page = await pages.open("#/data");
    const published = page.getByRole("region", { name: "Production" });
    await published.getByText(/\d+ records, \d+ matches, \d+ entities/).waitFor();
    const { versions } = await json("data");
    const [head] = versions.filter(({ namespace }: { namespace: string }) => namespace === "prod");
    const cells = (await published.getByRole("row").nth(1).getByRole("cell").allInnerTexts()).slice(0, 2);
    expect(cells).toEqual([String(head.version), head.run]);
    const elsewhere = page.getByRole("region", { name: "Branches and people" });
    await elsewhere.getByText("3 rows").waitFor();
    const rows = await elsewhere.getByRole("row").allInnerTexts();
    const standing = rows.slice(1).map((row) => row.split(/\s+/).slice(0, 4));
    const told = versions.filter(({ namespace }: { namespace: string }) => namespace !== "prod");
    type Told = { name: string; namespace: string; version: number; run: string };
    expect(standing).toEqual(
      told.map(({ name, namespace, version, run }: Told) => [name, namespace, String(version), run]),
    );
    expect(await elsewhere.getByRole("row").nth(1).innerText()).toContain("not there");
    await page.close();
  });

  test("tell who did what in production, with the difference, the gates and what they saw", {
    timeout: 120_000,
  }, async () => {
    const page = await pages.open("#/history/films");
    const entries = page.locator(".changes > li");
    await entries.first().waitFor();
    const { records } = await json("production", "audit");
    expect(await entries.locator(".change-head .outcome").allInnerTexts()).toEqual(
      records.map(({ action }: { action: string }) => action),
    );
    expect(await entries.nth(0).innerText()).toMatch(/rolled-back\s*matches\s*2 → 1\s*run 1\s*[\d: -]+by [\s\S]*worse/);
    const refused = entries.nth(2);
    const lost = records[2].detail.dataSets[0].figures.matchesLost;
    expect(await refused.innerText()).toContain(`matches: 0 new, ${lost} lost`);
    expect(await refused.getByRole("row").nth(2).innerText()).toMatch(
      new RegExp(`maxMatchesLost\\s*2\\s*${lost}\\s*FAILED`),
    );
    await page.close();
  });

  test("lead from a run to its comparison with production, and to the command that promotes it", {
    timeout: 120_000,
  }, async () => {
    const page = await pages.open("#/run/2");
    await page.getByRole("link", { name: "Compare with production" }).press("Enter");
    await page.getByText("The gates would not let it in.").waitFor({ timeout: 60_000 });
    await page.getByRole("heading", { name: "matches: beside version 1, which production has" }).waitFor();
    const shown = (await kindred(folder, "promote", "2", "--dry-run")).stdout;
    const pairs = /matches: (\d+) new, (\d+) lost, (\d+) the same/.exec(shown)?.[0] as string;
    expect(await page.locator(".share figcaption").innerText()).toBe(pairs);
    for (const label of ["Causes of the changes", "What became of entities"]) {
      for (const row of (await page.getByRole("region", { name: label }).getByRole("row").allInnerTexts()).slice(1)) {
        expect(shown.replace(/ +/g, " ")).toContain(row.replace(/\s+/g, " ").trim());
      }
    }
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(`${pages.url}#/compare/3`);
    await page.getByRole("button", { name: "Copy kindred promote 3" }).press("Enter", { timeout: 60_000 });
    await page.getByText("copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe("kindred promote 3");
    await page.close();
  });

  test("say why there is no comparison, and compare the next run all the same", async () => {
    const other = (await json("run", "counting.ts", "--project", "books")).run;
    const refused = await fetch(`${pages.url}api/runs/${other}/production`);
    expect([refused.status, await refused.json()]).toEqual([
      422,
      { error: expect.objectContaining({ code: "refused" }) },
    ]);
    expect((await fetch(`${pages.url}api/runs/999/production`)).status).toBe(404);
    const page = await pages.open(`#/compare/${other}`);
    await page.getByRole("alert").filter({ hasText: 'the run is one of project "books"' }).waitFor();
    const found = await (await fetch(`${pages.url}api/runs/2/production`)).json();
    expect(found).toMatchObject({ run: "2", isAllowed: false, dataSets: [{ name: "matches", from: 1 }] });
    await page.close();
  });

  test("show the command that undoes a promote, and change nothing themselves", { timeout: 120_000 }, async () => {
    const before = [await json("data", "matches"), await json("production", "audit")];
    const page = await pages.open("#/data-set/films/matches");
    await page.getByRole("heading", { name: "Versions of production" }).waitFor();
    await page.getByText("kindred data matches --production --out published").waitFor();
    expect(await withToken("promote", "3")).toBe(0);
    await page.reload();
    await page.getByText("goes back to version 1, and needs the token.").waitFor();
    expect(await page.getByText("kindred rollback matches").count()).toBe(1);
    expect(await withToken("rollback", "matches")).toBe(0);
    const after = await json("data", "matches");
    expect(after.versions.filter(({ version }: { version: number }) => version < 3)).toEqual(before[0].versions);
    expect((await json("production", "audit")).records.slice(2)).toEqual(before[1].records);
    await page.close();
  });

  test("are walked with the keyboard, every link of them, and show where it is", { timeout: 120_000 }, async () => {
    for (const path of ["#/data", "#/history/films", "#/data-set/films/matches", "#/compare/2"]) {
      const { reached, all } = await linksByKeyboard(path);
      expect([path, reached]).toEqual([path, all]);
    }
  });

  test("fit a phone, and are dark where the reader is", { timeout: 120_000 }, async () => {
    const phone = await pages.open("", { viewport: { width: 380, height: 800 }, colorScheme: "dark" });
    for (const path of ["#/data", "#/history/films", "#/data-set/films/matches", "#/compare/2", "#/run/2"]) {
      await phone.goto(`${pages.url}${path}`);
      await phone.locator("h1").waitFor();
      await phone.waitForLoadState("networkidle");
      expect([path, await phone.evaluate("document.documentElement.scrollWidth")]).toEqual([path, 380]);
    }
    await phone.close();
  });

  test("say what is there where there is no data set, and make no home by looking", { timeout: 120_000 }, async () => {
    const page = await pages.open("#/data/games");
    await page.getByText("Project “games” has no data set yet.").waitFor();
    const link = page.getByRole("link", { name: "films" });
    await link.press("Enter");
    await page.getByRole("region", { name: "Production" }).waitFor();
    await page.goto(`${pages.url}#/history/games`);
    await page.getByText("Nothing happened in production of “games” yet.").waitFor();
    await page.close();
    // But for the comparison that was refused.
    expect(pages.problems.filter((text) => !text.includes("422"))).toEqual([]);
    const empty = await makeFolder();
    const other = await startPages(empty);
    const lonely = await other.open("#/data");
    await lonely.getByText("has no data set yet").waitFor();
    await lonely.goto(`${other.url}#/history/default`);
    await lonely.getByText("Nothing happened").waitFor();
    expect(await readdir(join(empty, ".kindred")).catch(() => [])).toEqual([]);
    expect(other.problems).toEqual([]);
    await other.stop();
    await rm(empty, { recursive: true, force: true });
  });

  test("are served until Ctrl-C, also by a server that has compared", async () => {
    const { child, ended } = startKindred(folder, ["ui", "--port", "0", "--json"]);
    const url = await new Promise<string>((resolve) => {
      let text = "";
      child.stdout?.on("data", (chunk) => {
        text += chunk;
        const found = /"url": "([^"]+)"/.exec(text)?.[1];
        if (found) resolve(found);
      });
    });
    expect((await fetch(`${url}api/runs/2/production`)).status).toBe(200);
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ exitCode: 0, stderr: "" });
  });
});
