import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { startPrivateMariadb } from "sqlproof/private-mariadb";
import { buildPages } from "../build.mjs";
import { installChromium } from "./chromium.ts";

/*
 * For tests in a real browser: the real API on a new database with the sample company, the built pages in front of it,
 * and Debian's chromium. Nothing is mocked.
 */

export type Engine = "sqlite" | "mariadb";

/** A started order desk. */
export interface Desk {
  readonly url: string;
  readonly apiUrl: string;
  /** The process that draws the pages. */
  readonly pagesPid: number;
  /** A new window of its own: no cookies, no drafts. */
  page(options?: BrowserContextOptions): Promise<Page>;
  /** Freezes the API as a lost network does, or lets it go on. */
  pauseApi(): void;
  resumeApi(): void;
  stop(): Promise<void>;
}

const root = join(import.meta.dir, "..", "..");
const startTimeoutMs = 60_000;
const flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"];
const quiet = ["--disable-component-update", "--disable-sync", "--no-first-run", "--force-color-profile=srgb"];

interface DeskOptions {
  /** So many generated orders beside those of the sample company. */
  readonly orders?: number;
  /** A database that is there already, as a URL. */
  readonly database?: string | undefined;
  /** How much later every answer of the API comes, as over a slow line. */
  readonly apiDelayMs?: number;
}

export async function startDesk(engine: Engine = "sqlite", options: DeskOptions = {}): Promise<Desk> {
  const fault = buildPages(console.log);
  if (fault !== null) throw new Error(fault);
  const folder = mkdtempSync(join(tmpdir(), "northwind-desk-"));
  const server = engine === "mariadb" ? await startPrivateMariadb({ directory: folder }) : null;
  const own = server === null ? `sqlite:${join(folder, "desk.db")}` : server.url("northwind");
  const database = options.database ?? own;
  if (options.orders !== undefined && options.database === undefined) await generate(options.orders, database);
  const { api, pages, line, url, apiUrl } = startServers(database, options);
  const browser = await chromium.launch({ executablePath: installChromium(), args: [...flags, ...quiet] });
  const stop = async () => {
    await browser.close();
    for (const each of [pages, api]) each.kill("SIGKILL");
    await Promise.all([pages.exited, api.exited, line?.stop(true)]);
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all([answering(`${apiUrl}/readyz`, api), answering(`${url}/api/health`, pages)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...{ url, apiUrl, stop, pagesPid: pages.pid },
    page: (options) => newPage(browser, url, options),
    pauseApi: () => api.kill("SIGSTOP"),
    resumeApi: () => api.kill("SIGCONT"),
  };
}

function startServers(database: string, options: DeskOptions) {
  const [apiPort, pagesPort] = [freePort(), freePort()];
  const [url, apiUrl] = [`http://127.0.0.1:${pagesPort}`, `http://127.0.0.1:${apiPort}`];
  const line = options.apiDelayMs === undefined ? null : slowLine(apiUrl, options.apiDelayMs);
  const where = ["--port", String(apiPort), "--database", database];
  const api = program(["api/src/main.ts", ...where, "--log-level", "off"], {});
  // Its input is a pipe of ours: it ends when this process does, however that was.
  const environment = { PORT: String(pagesPort), HOSTNAME: "127.0.0.1", API_URL: line?.url.origin ?? apiUrl };
  return { api, pages: program(["web/serve.mjs"], environment), line, url, apiUrl };
}

function program(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const env = { ...process.env, ...environment, NODE_ENV: "production" };
  return Bun.spawn([process.execPath, ...args], { cwd: root, env, stdin: "pipe", stdout: "ignore", stderr: "inherit" });
}

/** Hands every request on to the API, later. */
function slowLine(apiUrl: string, delayMs: number) {
  return Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      await Bun.sleep(delayMs);
      const { pathname, search } = new URL(request.url);
      return fetch(new Request(apiUrl + pathname + search, request));
    },
  });
}

/** Fills a database with so many believable orders. */
export async function generate(orders: number, database: string): Promise<void> {
  const args = ["schema/sample/generate-data.ts", "--orders", String(orders), "--database", database];
  if ((await program(args, {}).exited) !== 0) throw new Error("the orders could not be generated");
}

function freePort(): number {
  const probe = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const { port } = probe;
  probe.stop(true);
  return port;
}

/** Waits for a program's first answer, and not any longer than it lives. */
async function answering(url: string, server: Bun.Subprocess): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok === true) return;
    if (server.exitCode !== null || Date.now() > deadline) throw new Error(`${url} does not answer`);
    await Bun.sleep(50);
  }
}

async function newPage(browser: Browser, baseURL: string, options: BrowserContextOptions = {}): Promise<Page> {
  const viewport = { width: 1280, height: 900 };
  const context = await browser.newContext({ baseURL, locale: "en-US", viewport, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  // A fault of the page's own code fails the test that met it, at its next step.
  page.on("pageerror", (error) => console.error("page error:", error));
  return page;
}

/** Waits until the page answers to keys: the server draws it before the browser has its code. */
export async function alive(page: Page): Promise<void> {
  await page.locator("html[data-keys=heard]").waitFor({ state: "attached" });
}

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds on the page as it is now, in one line each; by all rules, or by those that are named. */
export async function axeFindings(page: Page, rules?: string[]): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules === undefined ? axe.withTags(standards) : axe.withRules(rules)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(", ")}`);
}

/** Counts every key that goes down from now on, those that type a character included. */
export function countKeys(page: Page) {
  let count = 0;
  return {
    async press(...keys: readonly string[]) {
      for (const key of keys) {
        // A chord costs as many strokes as it has keys.
        count += key.split("+").length;
        await page.keyboard.press(key);
      }
    },
    get count() {
      return count;
    },
  };
}
