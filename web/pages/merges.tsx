import { useEffect, useState } from "preact/hooks";
import { api } from "../api.ts";
import { Show, useLoaded } from "../load.tsx";
import { LinkList, pairHref } from "../parts/link-list.tsx";
import { href } from "../route.ts";
import { count } from "../words.ts";

/** Pairs of one page of the list. */
const pageSize = 25;

/** The merges, the least certain first, or the pairs kept for review. `j` and `k` choose, Enter opens. */
export function MergesPage({ kind }: { kind: "weakest" | "review" }) {
  const [offset, setOffset] = useState(0);
  const [chosen, setChosen] = useState(-1);
  const [answer] = useLoaded(`${kind} ${offset}`, () => api.merges(kind, offset, pageSize));
  const links = answer.state === "ready" ? answer.value.links : [];
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLInputElement) return;
      if (event.key === "j") setChosen(Math.min(chosen + 1, links.length - 1));
      else if (event.key === "k") setChosen(Math.max(chosen - 1, 0));
      else if (event.key === "Enter" && document.activeElement === document.body && links[chosen])
        location.hash = pairHref(links[chosen]);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [chosen, links]);
  useEffect(() => {
    setOffset(0);
    setChosen(-1);
  }, [kind]);
  return (
    <>
      <h1>{kind === "weakest" ? "Merges" : "Pairs for review"}</h1>
      <nav class="tabs" aria-label="Kinds of pairs">
        <a href={href("merges")} aria-current={kind === "weakest" ? "page" : undefined}>
          Merges, least certain first
        </a>
        <a href={href("merges", "review")} aria-current={kind === "review" ? "page" : undefined}>
          Kept for review
        </a>
      </nav>
      <Show of={answer}>
        {({ total }) => (
          <>
            <p class="quiet">
              {count(total)} pairs. Keys: <kbd>j</kbd> <kbd>k</kbd> to choose, <kbd>Enter</kbd> to open.
            </p>
            {total === 0 ? <p>There is none.</p> : <LinkList links={links} chosen={chosen} />}
            <p class="pages">
              <button type="button" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - pageSize))}>
                Before
              </button>
              <span class="quiet">
                {total === 0 ? 0 : offset + 1} to {Math.min(total, offset + pageSize)}
              </span>
              <button type="button" disabled={offset + pageSize >= total} onClick={() => setOffset(offset + pageSize)}>
                After
              </button>
            </p>
          </>
        )}
      </Show>
    </>
  );
}
