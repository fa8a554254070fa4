import { useEffect, useState } from "preact/hooks";

/** Where the reader is: the page's name, then its arguments. */
export type Route = readonly [page: string, ...args: string[]];

/** The address of a page, as a link needs it; arguments may hold any character. */
export function href(...[page, ...args]: Route): string {
  return `#/${[page, ...args.map(encodeURIComponent)].join("/")}`;
}

/** Reads an address that {@link href} made; an empty one is the home page. */
function readRoute(hash: string): Route {
  const [page = "", ...args] = hash.replace(/^#\/?/, "").split("/");
  return [page === "" ? "home" : page, ...args.map(decode)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The route of the page that is shown, following the reader. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const follow = (): void => {
      setRoute(readRoute(location.hash));
      window.scrollTo(0, 0);
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return route;
}
