import { KindredError } from "../../../base/index.ts";
import type { RunLease } from "../metadata-store.ts";
import { runNumber } from "./run-number.ts";
import type { SqlRunner } from "./sql-port.ts";

/** Runs whose steps are kept in mind. */
const runsMax = 100;

/** The positions of the steps of the runs under way, read once a lease: only whoever takes a run over changes them. */
export class StepPositions {
  private readonly byLease = new Map<string, ReadonlyMap<string, number>>();

  async of(sql: SqlRunner, lease: RunLease, step: string): Promise<number> {
    const name = `${lease.run}/${lease.owner}`;
    const known = this.byLease.get(name) ?? (await this.read(sql, lease, name));
    const position = known.get(step);
    if (position !== undefined) return position;
    throw new KindredError("not-found", { seen: `no step "${step}"`, where: { run: lease.run } });
  }

  forget({ run, owner }: RunLease): void {
    this.byLease.delete(`${run}/${owner}`);
  }

  private async read(sql: SqlRunner, lease: RunLease, name: string): Promise<ReadonlyMap<string, number>> {
    const asked = "select position, step from steps where run = ?";
    const rows = await sql.all<{ readonly position: number; readonly step: string }>(asked, runNumber(lease.run));
    const positions = new Map(rows.map(({ position, step }) => [step, position]));
    if (this.byLease.size >= runsMax) this.byLease.clear();
    this.byLease.set(name, positions);
    return positions;
  }
}
