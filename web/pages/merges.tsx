import { useEffect, useState } from "preact/hooks";
import { api } from "../api.ts";
import { Show, useLoaded } from "../load.tsx";
import { LinkList } from "../parts/link-list.tsx";
import { href } from "../route.ts";
import { count } from "../words.ts";

/** Pairs of one page of the list. */
const pageSize = 25;

/** The merges, the least certain first, or the pairs kept for review. `j` and `k` choose, Enter opens. */
export function MergesPage({ kind }: { kind: "weakest" | "review" }) {
  const [offset, setOffset] = useState(0);
  const [answer] = useLoaded(`${kind} ${offset}`, () => api.merges(kind, offset, pageSize));
  useEffect(() => {
    addEventListener("keydown", chooseByKey);
    return () => removeEventListener("keydown", chooseByKey);
  }, []);
  useEffect(() => setOffset(0), [kind]);
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
        {({ total, links }) => (
          <>
            <p class="quiet">
              {count(total)} pairs. Keys: <kbd>j</kbd> <kbd>k</kbd> to choose, <kbd>Enter</kbd> to open.
            </p>
            {total === 0 ? <p>There is none.</p> : <LinkList links={links} />}
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

/** `j` and `k` move the focus along the list, so that Enter opens what is chosen as it opens any link. */
function chooseByKey(event: KeyboardEvent): void {
  const step = { j: 1, k: -1 }[event.key];
  if (step === undefined || event.target instanceof HTMLInputElement) return;
  const links = [...document.querySelectorAll<HTMLElement>(".links a")];
  const next = links.indexOf(document.activeElement as HTMLElement) + step;
  links[Math.max(0, Math.min(links.length - 1, next))]?.focus();
}
