import { Hono } from "hono";
import { z } from "zod";
import { checkedParam, checkedQuery, limitOf, shortText } from "../checked.ts";
import { HttpProblem } from "../http-problem.ts";
import { inTurn } from "../in-turn.ts";
import type { ChangeView, ComparedView, ComparisonView, ProductionPort } from "../production-port.ts";

const project = shortText.optional();
const listQuery = z.object({ project, namespace: shortText.optional(), limit: limitOf(200) });
const historyQuery = z.object({ project, name: shortText.optional(), limit: limitOf(50) });
const figuresQuery = z.object({ project, namespace: shortText });
const versionParam = z.coerce.number().int().positive().max(1e9);

/** Data sets that one entry of an answer tells of; a run may make more. */
const comparedMax = 100;

/** Projects that an answer names. */
const projectsMax = 200;

/** A longer reason is cut in an answer. */
const reasonCharsMax = 2_000;

/** Versions whose figures are kept: a version never changes. */
const figuresKept = 1_000;

type Figures = Awaited<ReturnType<ProductionPort["figures"]>>;

/** Where data sets stand, what happened in production, and how what a run made compares with it. */
export function productionRoutes(production: ProductionPort): Hono {
  const figuresOf = keptFigures(production);
  const compare = inTurn<ComparisonView>();
  const named = async (asked: string | undefined): Promise<string> => asked ?? (await production.project());
  /** A command says the project only where it is another than the one that is meant without. */
  const isOwn = async (shown: string): Promise<boolean> => shown === (await production.project());
  return new Hono()
    .get("/data-sets", async (context) => {
      const { limit, project: asked, namespace } = checkedQuery(context, listQuery);
      const [shown, projects] = [await named(asked), await production.projects()];
      const versions = await production.versions({ project: shown, namespace });
      return context.json({
        ...{ project: shown, isOwn: await isOwn(shown), projects: projects.slice(0, projectsMax) },
        ...{ total: versions.length, versions: versions.slice(0, limit) },
      });
    })
    .get("/data-sets/:name", async (context) => {
      const { limit, project: asked, namespace } = checkedQuery(context, listQuery);
      const [shown, name] = [await named(asked), context.req.param("name")];
      const versions = await production.versions({ project: shown, namespace, name });
      if (versions.length === 0)
        throw new HttpProblem(404, "not-found", `project "${shown}" has no data set "${name}"`);
      return context.json({
        ...{ project: shown, isOwn: await isOwn(shown) },
        ...{ total: versions.length, versions: versions.slice(0, limit) },
      });
    })
    .get("/data-sets/:name/versions/:version/figures", async (context) => {
      const { project: asked, namespace } = checkedQuery(context, figuresQuery);
      const version = checkedParam(context, "version", versionParam);
      const [shown, name] = [await named(asked), context.req.param("name")];
      const versions = await production.versions({ project: shown, namespace, name });
      const found = versions.find((each) => each.version === version);
      if (found === undefined)
        throw new HttpProblem(404, "not-found", `"${name}" of ${namespace} has no version ${version}`);
      return context.json(await figuresOf(found.manifest));
    })
    .get("/production/audit", async (context) => {
      const { limit, project: asked, name } = checkedQuery(context, historyQuery);
      const shown = await named(asked);
      const records = await production.history({ project: shown, name, limit });
      return context.json({ project: shown, records: records.map(changeAnswer) });
    })
    .get("/runs/:run/data-sets", async (context) => {
      const { project: made, dataSets } = await production.made(context.req.param("run"));
      return context.json({ project: made, total: dataSets.length, dataSets: dataSets.slice(0, comparedMax) });
    })
    .get("/runs/:run/production", async (context) => {
      const run = context.req.param("run");
      const { dataSets, ...rest } = await compare(run, () => production.compare(run));
      return context.json({ ...rest, total: dataSets.length, dataSets: dataSets.slice(0, comparedMax) });
    });
}

/** Counting a version reads its files: one after the other, and each once. */
function keptFigures(
  production: ProductionPort,
): (manifest: Parameters<ProductionPort["figures"]>[0]) => Promise<Figures> {
  const kept = new Map<string, Figures>();
  const turn = inTurn<Figures>();
  return async (manifest) => {
    const known = kept.get(manifest.blob);
    if (known !== undefined) return known;
    const figures = await turn(manifest.blob, () => production.figures(manifest));
    const oldest = kept.size < figuresKept ? undefined : kept.keys().next().value;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(manifest.blob, figures);
    return figures;
  };
}

/** The details of an entry are in it as what was compared. */
function changeAnswer({ detail: _, reason, compared, ...record }: ChangeView): Omit<ChangeView, "detail"> & {
  readonly comparedTotal: number;
} {
  const shown: readonly ComparedView[] = compared.slice(0, comparedMax);
  return {
    ...record,
    reason: reason?.slice(0, reasonCharsMax) ?? null,
    comparedTotal: compared.length,
    compared: shown,
  };
}
