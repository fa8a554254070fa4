import { expect, test } from "vitest";
import { kindred, withFolder, writeFiles } from "./kindred-process.ts";

const uneven = `
import { flow } from "kindred/flow";
export default flow("uneven", { params: { failing: 7 } })
  .foreach("work", { over: () => [0, 1, 2, 3, 4, 5, 6, 7], key: (item) => \`k\${item}\` }, async ({ item, params, log, card, facts }) => {
    log.debug("looks closer");
    log.warn("is odd");
    console.log("printed", item);
    facts({ pairs: item === 3 ? 5000 : 100, largestBlock: { key: "mother", rows: item } });
    card.markdown("# Item " + item);
    card.html("<p>It is <b>done</b></p><script>alert(1)</script>");
    await new Promise((resolve) => setTimeout(resolve, item === 3 ? 1500 : 50));
    if (item === params.failing) throw new Error("seven is odd");
    return item;
  })
  .step("sum", ({ art }) => art.work.length);
`;

test("a skewed run that failed is seen, its log read, and its failed task run again with debug lines", async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, { "uneven.ts": uneven });
    const ran = await kindred(folder, "run", "uneven.ts", "--workers", "2");
    expect(ran.exitCode, ran.stderr).toBe(4);

    const shown = await kindred(folder, "show");
    expect(shown.stdout).toMatch(/work +failed/);
    expect(shown.stdout).toMatch(/work\/k3 took .* the median: 5,000 pairs, 50\.0x the median/);
    expect(shown.stdout).toContain("its largest block is mother: 3 rows");
    expect(shown.stdout).toContain("seven is odd");
    const { insight, steps } = JSON.parse((await kindred(folder, "show", "1", "--json")).stdout);
    expect(insight.steps[0]).toMatchObject({ step: "work", failed: 1, skew: { key: "k3" } });
    expect(steps[0].tasks.length).toBe(9);
    expect((await kindred(folder, "show", "1/work")).stdout).toMatch(/\nk7 +failed/);
    expect((await kindred(folder, "show", "1/work/k7")).stdout).toContain("seven is odd");
    expect((await kindred(folder, "show", "1/nothing")).exitCode).toBe(2);

    const logs = await kindred(folder, "logs", "latest", "--level", "warn");
    expect(logs.stdout).toMatch(/^work\/k7 attempt 1, failed\n.* warn is odd\n.* error Error: seven is odd/);
    expect(logs.stdout).not.toContain("printed");
    expect(logs.stdout).not.toContain("looks closer");
    expect((await kindred(folder, "logs", "1", "--until", "2020-01-01")).stdout).toBe("");
    expect(await kindred(folder, "logs", "1", "--since", "0s")).toMatchObject({ exitCode: 0, stdout: "" });
    expect((await kindred(folder, "logs", "1", "--follow")).stdout).toContain("printed 3");

    const again = await kindred(folder, "rerun", "1/work/k7", "--debug");
    expect(again.exitCode).toBe(4);
    expect(again.stderr).toContain("debug looks closer");
    expect(again.stdout).toContain("attempt 1 of the run failed the same way");
    const done = await kindred(folder, "rerun", "1/work/k3", "--json");
    expect([done.exitCode, JSON.parse(done.stdout).isSame]).toEqual([0, true]);
    await writeFiles(folder, { "mended.ts": uneven.replace('throw new Error("seven is odd")', "return 49") });
    const mended = await kindred(folder, "rerun", "1/work/k7", "--flow", "mended.ts");
    expect([mended.exitCode, mended.stdout]).toEqual([0, expect.stringContaining("failed; here it is done")]);

    const card = await kindred(folder, "show", "1/work/k3", "--card");
    expect(card.stdout).toBe("# Item 3\n\nIt is done\n");
  });
});
