import { render } from "preact";
import { useEffect } from "preact/hooks";
import { ComparePage } from "./pages/compare.tsx";
import { DataPage } from "./pages/data.tsx";
import { DataSetPage } from "./pages/data-set.tsx";
import { EntityPage } from "./pages/entity.tsx";
import { HistoryPage } from "./pages/history.tsx";
import { HomePage } from "./pages/home.tsx";
import { MergesPage } from "./pages/merges.tsx";
import { PairPage } from "./pages/pair.tsx";
import { RunPage } from "./pages/run.tsx";
import { RunsPage } from "./pages/runs.tsx";
import { SearchBox } from "./parts/search-box.tsx";
import { href, type Route, useRoute } from "./route.ts";

const dataPages = ["data", "data-set", "history", "compare"];

function App() {
  const route = useRoute();
  const [page] = route;
  useEffect(() => {
    document.title = page === "home" ? "Kindred" : `Kindred: ${page}`;
  }, [page]);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById("main")?.focus()}>
        Skip to the page
      </button>
      <header class="top">
        <a class="brand" href={href("home")}>
          <img src="icon.svg" alt="" width="28" height="28" />
          Kindred
        </a>
        <SearchBox />
        <nav aria-label="Pages">
          <NavLink to="merges" here={page === "merges" || page === "pair"}>
            Merges
          </NavLink>
          <NavLink to="runs" here={page === "runs" || page === "run"}>
            Runs
          </NavLink>
          <NavLink to="data" here={dataPages.includes(page)}>
            Data sets
          </NavLink>
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        <Page route={route} />
      </main>
    </>
  );
}

function NavLink({ to, here, children }: { to: string; here: boolean; children: string }) {
  return (
    <a href={href(to)} aria-current={here ? "page" : undefined}>
      {children}
    </a>
  );
}

function Page({ route: [page, ...args] }: { route: Route }) {
  const [first = "", second = "", third = "", fourth = ""] = args;
  if (page === "home") return <HomePage />;
  if (page === "entity") return <EntityPage id={first} />;
  if (page === "pair") return <PairPage left={{ source: first, id: second }} right={{ source: third, id: fourth }} />;
  if (page === "merges") return <MergesPage kind={first === "review" ? "review" : "weakest"} />;
  if (page === "data") return <DataPage project={first} />;
  if (page === "data-set") return <DataSetPage project={first} name={second} />;
  if (page === "history") return <HistoryPage project={first} />;
  if (page === "compare") return <ComparePage run={first} />;
  if (page === "runs") return <RunsPage />;
  if (page === "run") return <RunPage run={first} step={second} taskKey={third} />;
  return (
    <p class="failed" role="alert">
      There is no page “{page}”. <a href={href("home")}>Go to the start</a>.
    </p>
  );
}

render(<App />, document.getElementById("app") as HTMLElement);
