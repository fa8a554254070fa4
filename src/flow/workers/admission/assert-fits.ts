import { KindredError } from "../../../base/index.ts";
import type { StepGraph, StepNode } from "../../step-graph.ts";
import type { Capacity } from "./capacity.ts";
import { hostConfigPath } from "./host-config.ts";

/**
 * Refuses a flow of which a step declares more than the host has: its tasks would wait for ever.
 * @throws refused with the step, both amounts and what to do
 */
export function assertFits(graph: StepGraph, capacity: Capacity, home: string): void {
  for (const node of graph.steps) assertStepFits(node, capacity, home);
}

function assertStepFits({ name, resources }: StepNode, capacity: Capacity, home: string): void {
  for (const kind of ["cpu", "memoryMiB", "diskMiB"] as const) {
    const declared = resources[kind] ?? 0;
    if (declared > capacity[kind])
      throw refusal(
        name,
        `${kind} ${declared}`,
        `${capacity[kind]} at most`,
        `--with ${name}.${kind}=${capacity[kind]}`,
      );
  }
  for (const [resource, units] of Object.entries(resources.named)) {
    const has = capacity.named[resource];
    if (has === undefined) throw unknownResource(name, resource, home);
    const most = Math.min(has.atOnce ?? units, has.perMinute ?? units);
    if (units > most)
      throw refusal(name, `${units} of ${resource}`, `${most} at most`, `--with ${name}.${resource}=${most}`);
  }
}

function refusal(step: string, declared: string, expected: string, override: string): KindredError {
  return new KindredError("refused", {
    seen: `each task declares ${declared}, more than this host has`,
    expected,
    hint: `Run it on a larger host, or with ${override}`,
    where: { step },
  });
}

function unknownResource(step: string, resource: string, home: string): KindredError {
  return new KindredError("refused", {
    seen: `each task needs "${resource}", which this host does not know`,
    expected: "a resource of its configuration",
    hint: `Say how much there is: { "resources": { "${resource}": { "atOnce": 4, "perMinute": 60 } } } in ${hostConfigPath(home)}`,
    where: { step },
  });
}
