import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dataPath, describeWith, needData } from "../../../test/needs.ts";
import { explainRecords, linksOf } from "../explain/explain-records.ts";
import { hostIn, inFolderOf } from "../fixtures/catalogues.ts";
import { openLinkage } from "./published-linkage.ts";
import { runDecide, runLinkage } from "./run-linkage.ts";

const catalogues = ["imdb5000", "disney_plus_titles"];
const files = catalogues.map((name) => `movies/${name}.csv`);

describeWith(needData(...files), "people of two real catalogues", () => {
  test("are matched also by the films that name them, explained so that all adds up, and as before when a decision is taken back", {
    timeout: 300_000,
  }, async () => {
    await inFolderOf({}, async (folder) => {
      const sources = catalogues.map((name, i) => ({ name, path: dataPath(files[i] as string) }));
      const out = join(folder, "out");
      await runLinkage({ sources, out, ignore: ["imdb_id", "tmdb_id"], graph: false }, hostIn(folder));
      const published = await openLinkage(out);
      const raised = (await linksOf(published, "person")).filter((link) => link.related > 0);
      // The one catalogue writes "Robert Downey, Jr." and the other "Robert Downey Jr.", and no title of theirs need be equal.
      const downey = raised.find((link) => link.leftId === "robert-downey-jr" && link.rightId === "robert-downey-jr");
      expect(downey).toMatchObject({ outcome: "match" });
      for (const link of raised.slice(0, 20)) {
        const [left, right] = [
          { source: link.leftSource, id: link.leftId },
          { source: link.rightSource, id: link.rightId },
        ];
        const { priorWeight, steps, beyond, weight } = await explainRecords(published, left, right);
        expect(beyond.find((step) => step.name === "related")?.weight).toBe(link.related);
        expect([...steps, ...beyond].reduce((sum, step) => sum + step.weight, priorWeight)).toBeCloseTo(weight, 9);
        expect(weight).toBeCloseTo(link.weight, 9);
      }

      const linksBefore = published.clustered.types.map((type) => type.links.blob);
      const apart = {
        kind: "different" as const,
        left: { source: "imdb5000/people", id: "robert-downey-jr" },
        right: { source: "disney_plus_titles/people", id: "robert-downey-jr" },
      };
      await runDecide(out, [apart], hostIn(folder));
      const decided = await linksOf(await openLinkage(out), "person");
      expect(decided.find((link) => link.leftId === downey?.leftId && link.rightId === downey?.rightId)).toMatchObject({
        outcome: "review",
        reason: "someone decided that these are different",
      });
      const matches = await readFile(join(out, "matches.csv"), "utf8");
      await runDecide(out, [], hostIn(folder));
      expect((await openLinkage(out)).clustered.types.map((type) => type.links.blob)).toEqual(linksBefore);
      expect(await readFile(join(out, "matches.csv"), "utf8")).toBe(matches);
    });
  });
});
