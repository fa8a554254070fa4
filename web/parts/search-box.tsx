import { useEffect, useRef, useState } from "preact/hooks";
import type { SearchHit } from "../../src/graph/index.ts";
import { api } from "../api.ts";
import { href } from "../route.ts";
import { TypeMark } from "./type-mark.tsx";

/** Hits offered while typing. */
const offered = 8;
/** A pause in typing that is taken as a question. */
const pauseMs = 120;

/** Finds entities while typing. `/` goes to it from anywhere; arrows choose, Enter opens. */
export function SearchBox() {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const [open, setOpen] = useState(false);
  const hits = useHits(text);
  const input = useRef<HTMLInputElement>(null);
  useFocusKey(input);
  const go = (hit: SearchHit | undefined): void => {
    if (!hit) return;
    location.hash = href("entity", hit.id);
    setOpen(false);
    input.current?.blur();
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      setChosen((chosen + step + hits.length) % hits.length);
    } else if (event.key === "Enter") go(hits[chosen]);
    else if (event.key === "Escape") setOpen(false);
  };
  const shown = open && text.trim() !== "";
  return (
    <search class="search">
      <input
        ref={input}
        type="search"
        placeholder="Search titles and names  ( / )"
        aria-label="Search titles and names"
        autoComplete="off"
        role="combobox"
        list={undefined}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls="hits"
        aria-activedescendant={shown && hits[chosen] ? `hit-${chosen}` : undefined}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
          setOpen(true);
        }}
        onKeyDown={onKey}
        onFocus={() => setOpen(true)}
        onBlur={() => setTimeout(() => setOpen(false), 150)}
      />
      {shown && (
        <ul id="hits" class="hits" role="listbox" aria-label="Hits">
          {hits.map((hit, index) => (
            <li key={hit.id} id={`hit-${index}`} role="option" aria-selected={index === chosen}>
              <a
                href={href("entity", hit.id)}
                tabIndex={-1}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => setOpen(false)}
              >
                <TypeMark type={hit.type} />
                <span class="grow">{hit.label}</span>
                <span class="quiet">{hit.year ?? ""}</span>
              </a>
            </li>
          ))}
          {hits.length === 0 && <li class="quiet none">Nothing found yet</li>}
        </ul>
      )}
    </search>
  );
}

function useHits(text: string): readonly SearchHit[] {
  const [hits, setHits] = useState<readonly SearchHit[]>([]);
  useEffect(() => {
    if (text.trim() === "") return setHits([]);
    let current = true;
    const timer = setTimeout(() => {
      api.search(text, offered).then(
        (answer) => current && setHits(answer.hits),
        () => current && setHits([]),
      );
    }, pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);
  return hits;
}

function useFocusKey(input: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const focus = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener("keydown", focus);
    return () => removeEventListener("keydown", focus);
  }, []);
}
