import type { LinkView } from "../../src/serve/index.ts";
import { href } from "../route.ts";
import { probability } from "../words.ts";

/** The address of the page that explains a pair. */
function pairHref({ left, right }: Pick<LinkView, "left" | "right">): string {
  return href("pair", left.source, left.id, right.source, right.id);
}

/** Pairs with what became of them; each opens its evidence. */
export function LinkList({ links }: { links: readonly LinkView[] }) {
  return (
    <ul class="links">
      {links.map((link) => (
        <li key={pairHref(link)}>
          <a href={pairHref(link)}>
            <span class={`outcome ${link.outcome}`}>{link.outcome}</span>
            <span class="grow">
              <span class="pair">
                <span>{link.left.label}</span>
                <span aria-hidden="true" class="quiet">
                  ∼
                </span>
                <span>{link.right.label}</span>
              </span>
              <small>
                {link.left.source} and {link.right.source}
                {link.reason ? ` · ${link.reason}` : ""}
              </small>
            </span>
            <span class="number">{probability(link.probability)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
