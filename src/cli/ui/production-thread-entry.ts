import { parentPort, workerData } from "node:worker_threads";
import { errorToJson } from "../../base/index.ts";
import { type ReadPlace, readComparison, readFigures } from "./production-reading.ts";
import type { ProductionAnswer, ProductionQuestion } from "./production-thread.ts";

const place = workerData as ReadPlace;

function answerTo(question: ProductionQuestion): Promise<unknown> {
  return question.kind === "figures" ? readFigures(place, question.manifest) : readComparison(place, question.run);
}

parentPort?.on("message", ({ number, question }: { number: number; question: ProductionQuestion }) => {
  const answer = (rest: Omit<ProductionAnswer, "number">): void => parentPort?.postMessage({ number, ...rest });
  answerTo(question).then(
    (value) => answer({ value }),
    (error: unknown) => answer({ error: errorToJson(error) }),
  );
});
