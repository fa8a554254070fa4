import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

/** Something that is asked of the server: not there yet, there, or refused. */
export type Loaded<T> =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly message: string };

/** Asks when `key` changes; the old answer stays until the new one is there, so that nothing jumps. */
export function useLoaded<T>(key: string, ask: () => Promise<T>): readonly [Loaded<T>, () => void] {
  const [loaded, setLoaded] = useState<{ key: string; answer: Loaded<T> }>({ key: "", answer: { state: "loading" } });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    const settle = (answer: Loaded<T>): void => {
      if (current) setLoaded({ key, answer });
    };
    ask().then(
      (value) => settle({ state: "ready", value }),
      (error: Error) => settle({ state: "failed", message: error.message }),
    );
    return () => {
      current = false;
    };
  }, [key, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  return [loaded.key === key ? loaded.answer : { state: "loading" }, again];
}

/** How often something that goes on is asked for again, and how much longer than its answer takes that is at least. */
const refreshMs = 1_000;
const restShare = 4;

/**
 * Asks as {@link useLoaded}, and while `isLive` says so again and again: after each answer, and the later the longer it took, so
 * that a run of 100,000 tasks does not keep the server busy.
 */
export function useRefreshed<T>(key: string, ask: () => Promise<T>, isLive: (value: T) => boolean): Loaded<T> {
  const tookMs = useRef(0);
  const [answer, again] = useLoaded(key, async () => {
    const beganMs = performance.now();
    const value = await ask();
    tookMs.current = performance.now() - beganMs;
    return value;
  });
  useEffect(() => {
    if (answer.state !== "ready" || !isLive(answer.value)) return;
    const timer = setTimeout(again, Math.max(refreshMs, restShare * tookMs.current));
    return () => clearTimeout(timer);
  }, [answer, again]);
  return answer;
}

/** Shows what was loaded, or that it is on its way, or why it did not come. */
export function Show<T>({ of, children }: { of: Loaded<T>; children: (value: T) => ComponentChildren }) {
  if (of.state === "loading")
    return (
      <p class="quiet loading" role="status">
        Loading …
      </p>
    );
  if (of.state === "failed")
    return (
      <p class="failed" role="alert">
        {of.message}
      </p>
    );
  return <>{children(of.value)}</>;
}
