import { useState } from "preact/hooks";
import { api } from "../api.ts";
import { Show, useLoaded } from "../load.tsx";
import { ChangeList } from "../parts/change-list.tsx";
import { DataTabs } from "./data.tsx";

/** Entries shown at first, and further ones at a time. */
const pageSize = 20;

/** What happened in production of a project, newest first. */
export function HistoryPage({ project }: { project: string }) {
  const [limit, setLimit] = useState(pageSize);
  const [answer] = useLoaded(`history ${project} ${limit}`, () => api.history({ project, limit }));
  return (
    <Show of={answer}>
      {({ project: shown, records }) => (
        <>
          <h1>
            Production <span class="quiet">{shown}</span>
          </h1>
          <DataTabs project={shown} here="history" />
          {records.length === 0 ? (
            <p>Nothing happened in production of “{shown}” yet.</p>
          ) : (
            <ChangeList changes={records} />
          )}
          {records.length === limit && limit < 1000 && (
            <p>
              <button type="button" onClick={() => setLimit(Math.min(1000, limit + pageSize))}>
                Earlier ones
              </button>
            </p>
          )}
        </>
      )}
    </Show>
  );
}
