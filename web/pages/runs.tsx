import { api } from "../api.ts";
import { Show, useLoaded } from "../load.tsx";
import { RunStatus, UnknownWaits } from "../parts/run-status.tsx";
import { href } from "../route.ts";
import { moment, tookText } from "../words.ts";

/** The runs of this home, newest first. */
export function RunsPage() {
  const [answer] = useLoaded("runs", api.runs);
  return (
    <>
      <h1>Runs</h1>
      <Show of={answer}>
        {({ runs, waitsUnknown }) =>
          runs.length === 0 ? (
            <p>
              No run yet. <code>kindred demo</code>, <code>kindred link</code> and <code>kindred run</code> make some.
            </p>
          ) : (
            <>
              <UnknownWaits why={waitsUnknown} />
              <div class="scroll" tabIndex={0} role="region" aria-label="Runs">
                <table class="list">
                  <thead>
                    <tr>
                      <th scope="col">Run</th>
                      <th scope="col">Flow</th>
                      <th scope="col">Namespace</th>
                      <th scope="col">Status</th>
                      <th scope="col">Started</th>
                      <th scope="col" class="number">
                        Took
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {runs.map((run) => (
                      <tr key={run.run}>
                        <th scope="row">
                          <a href={href("run", run.run)}>{run.run}</a>
                        </th>
                        <td>
                          {run.flow}
                          {(run.tags ?? []).length > 0 && <small>{(run.tags ?? []).join(", ")}</small>}
                        </td>
                        <td class="quiet">{run.namespace ?? ""}</td>
                        <td>
                          <RunStatus run={run} />
                          {run.error && <small class="cut">{run.error.message}</small>}
                        </td>
                        <td class="moment">{moment(run.createdMs)}</td>
                        <td class="number">{tookText(run)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          )
        }
      </Show>
    </>
  );
}
