import { resolve } from "node:path";
import type { Command } from "commander";
import { formatCount } from "../../base/index.ts";
import { type CommonOptions, openSession } from "../session.ts";

interface Options extends CommonOptions {
  readonly truth: string;
  readonly out: string;
}

/** `kindred calibrate`: learns from labelled pairs what the probabilities of a linkage are worth. */
export function addCalibrate(program: Command): void {
  program
    .command("calibrate")
    .summary("learn from labelled pairs what probabilities are worth")
    .description("learn from labelled pairs what probabilities are worth, for `kindred link --calibration`")
    .argument("<folder>", "what `kindred link` wrote")
    .requiredOption("--truth <file>", "CSV of source,id,cluster or of labelled pairs")
    .requiredOption("--out <file>", "where the calibration goes, as JSON")
    .option("--json", "print one JSON document")
    .action(async (folder: string, options: Options) => {
      const { terminal } = openSession(options);
      const [{ calibrateLinkage }, { assertNotHeld, stableJson, writeOutputFile }] = await Promise.all([
        import("../../pipelines/index.ts"),
        import("../../base/index.ts"),
      ]);
      await assertNotHeld(resolve(options.out));
      const calibrations = await calibrateLinkage(resolve(folder), options.truth);
      await writeOutputFile(resolve(options.out), `${stableJson(calibrations, 2)}\n`);
      terminal.result(calibrations, () => {
        for (const [entityType, { pairs, matches, slope, shift }] of Object.entries(calibrations.types))
          terminal.line(
            `${entityType}: ${formatCount(pairs)} labelled pairs, ${formatCount(matches)} of them matches; weights become about ${slope.toFixed(2)} times themselves ${shift < 0 ? "-" : "+"} ${Math.abs(shift).toFixed(2)}`,
          );
        terminal.line(`${options.out}: use it with kindred link --calibration`);
      });
    });
}
