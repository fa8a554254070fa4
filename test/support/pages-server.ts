import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { chromiumPath } from "../needs.ts";

const bin = fileURLToPath(new URL("../../bin/kindred", import.meta.url));
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** `kindred ui` of a folder, and a browser that looks at it. */
export interface PagesServer {
  readonly url: string;
  /** What the console complained about, in any page. */
  readonly problems: readonly string[];
  open(path: string, options?: Parameters<Browser["newPage"]>[0]): Promise<Page>;
  stop(): Promise<void>;
}

/** Starts both. */
export async function startPages(folder: string): Promise<PagesServer> {
  const server = spawn(process.execPath, [bin, "ui", "--port", "0", "--json"], {
    cwd: folder,
    env: { ...process.env, KINDRED_HOME: join(folder, ".kindred") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await urlOf(server);
  const browser = await chromium.launch({ executablePath: chromiumPath, args: flags });
  const problems: string[] = [];
  return {
    url,
    problems,
    open: async (path, options = {}) => {
      const page = await browser.newPage(options);
      page.setDefaultTimeout(15_000);
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
      await page.goto(`${url}${path}`);
      return page;
    },
    stop: async () => {
      await browser.close();
      server.kill("SIGINT");
    },
  };
}

function urlOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    server.stdout?.on("data", (chunk) => {
      text += chunk;
      const found = /"url": "([^"]+)"/.exec(text)?.[1];
      if (found) resolve(found);
    });
  });
}
