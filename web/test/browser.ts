// Browser tests: this starts the API, the pages and Chromium for a test; places.ts knows every page and state.
// The tests find elements by role and visible text.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { startPrivateMariadb } from "sqlproof/private-mariadb";
import { buildPages } from "../build.mjs";
import { installChromium } from "./chromium.ts";
import { makeOrders } from "./many-orders.ts";
import { Servers } from "./servers.ts";
import { shiftClock, trueClock } from "./shifted-clock.ts";

/*
 * For tests in a real browser: the real API on a new database with the sample company, the built pages in front of it,
 * and Debian's chromium. Nothing is mocked.
 */

export type Engine = "sqlite" | "mariadb";

/** A started order desk. */
export interface Desk {
  readonly url: string;
  readonly apiUrl: string;
  /** The database, as a URL. */
  readonly database: string;
  /** The process that serves the pages. */
  readonly pagesPid: number;
  /** A new window of its own: no cookies, no drafts. */
  page(options?: BrowserContextOptions): Promise<Page>;
  /** The same in another browser, for a second user. */
  pageElsewhere(options?: BrowserContextOptions): Promise<Page>;
  /** Closes every window: those of earlier tests go on asking, and cost the later ones time. */
  closePages(): Promise<void>;
  /** Freezes the API as a lost network does, or lets it go on. */
  pauseApi(): void;
  resumeApi(): void;
  /** Ends the program that serves the pages, or starts it again at the same address. */
  stopPages(): Promise<void>;
  startPages(environment?: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

const flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"];
const quiet = ["--disable-component-update", "--disable-sync", "--no-first-run", "--force-color-profile=srgb"];
/** The pages behind the address bar, which nobody sees: each window would draw them, at a second of CPU. */
const addressBar = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"];
/** Chromium heeds only the last list of features that are off: these are those of Playwright's own that count here. */
const off = [
  ...["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "PaintHolding"],
  ...["HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "ThirdPartyStoragePartitioning"],
  ...["AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying"],
  ...["LensOverlay", "MediaRouter", "AimEnabled", "PreconnectToSearch"],
  ...addressBar,
];

interface DeskOptions {
  /** At least so many orders beside those of the sample company, on SQLite. */
  readonly orders?: number;
  /** A database that is there already, as a URL. */
  readonly database?: string | undefined;
  /** The extra delay of every answer of the API, as over a slow line. */
  readonly apiDelayMs?: number;
  /** Further arguments of the API, which may name the address of the pages. */
  readonly apiArgs?: (pagesUrl: string) => readonly string[];
}

export async function startDesk(engine: Engine = "sqlite", options: DeskOptions = {}): Promise<Desk> {
  const fault = buildPages(console.log);
  if (fault !== null) throw new Error(fault);
  const folder = mkdtempSync(join(tmpdir(), "northwind-desk-"));
  const server = engine === "mariadb" ? await startPrivateMariadb({ directory: folder }) : null;
  const file = join(folder, "desk.db");
  const database = options.database ?? (server === null ? `sqlite:${file}` : server.url("northwind"));
  if (options.orders !== undefined && options.database === undefined) await makeOrders(options.orders, file);
  const servers = new Servers({ database, apiDelayMs: options.apiDelayMs, apiArgs: options.apiArgs });
  const browsers = [await launch()];
  const stop = async () => {
    await Promise.all([...browsers.map((each) => each.close()), servers.stop()]);
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await servers.answering();
  } catch (error) {
    await stop();
    throw error;
  }
  const { url, apiUrl } = servers;
  const browserAt = async (place: number) => {
    browsers[place] ??= await launch();
    return browsers[place];
  };
  return {
    ...{ url, apiUrl, database, stop },
    page: async (options) => newPage(await browserAt(0), url, options),
    pageElsewhere: async (options) => newPage(await browserAt(1), url, options),
    closePages: async () => {
      const contexts = browsers.flatMap((each) => each.contexts());
      await Promise.all(contexts.map((context) => context.close()));
    },
    get pagesPid() {
      return servers.pagesPid;
    },
    pauseApi: () => servers.signalApi("SIGSTOP"),
    resumeApi: () => servers.signalApi("SIGCONT"),
    stopPages: () => servers.stopPages(),
    startPages: (environment) => servers.startPages(environment),
  };
}

function launch(): Promise<Browser> {
  const args = [...flags, ...quiet, `--disable-features=${off.join()}`];
  return chromium.launch({ executablePath: installChromium(), args, env: trueClock() });
}

async function newPage(browser: Browser, baseURL: string, options: BrowserContextOptions = {}): Promise<Page> {
  const viewport = { width: 1280, height: 900 };
  // The worker that stores the offline page costs every window a request: only its own tests want it.
  const plain = { locale: "en-US", viewport, reducedMotion: "reduce", serviceWorkers: "block" } as const;
  const context = await browser.newContext({ baseURL, ...plain, ...options });
  await shiftClock(context);
  const page = await context.newPage();
  // A fault of the page's own code fails the test that met it, at its next step.
  page.on("pageerror", (error) => console.error("page error:", error));
  return page;
}

/**
 * Waits until the page answers to keys: the server draws it before the browser has its code. The mouse is moved, as
 * people do, so that the code is not left until the browser has nothing else to do.
 */
export async function alive(page: Page): Promise<void> {
  const keys = page.locator("html[data-keys=bound]").waitFor({ state: "attached" });
  let isHeard = false;
  void keys.then(() => {
    isHeard = true;
  });
  for (let step = 0; !isHeard && step < 40; step += 1) {
    await page.mouse.move(step % 2, 1);
    await Promise.race([keys, Bun.sleep(50)]);
  }
  await keys;
}

/** Waits until the browser has what it shows while the pages' own server is away. */
export async function offlinePageStored(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
}

const restMs = 300;

/**
 * Waits until the document has stood as it is for a while. Not for a quiet network: a page looks after its connection
 * and loads ahead what may be wanted next, which nobody sees.
 */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(
    (ms) =>
      new Promise<void>((resolve) => {
        const rested = () => {
          observer.disconnect();
          resolve();
        };
        let timer = setTimeout(rested, ms);
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(rested, ms);
        });
        observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      }),
    restMs,
  );
}

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// The copy of axe that Playwright's wrapper brings. The wrapper itself asks the page for every node of every rule that
// passed and opens a second page to sort them: ten times as long, for frames that no page here has.
const axeFile = Bun.resolveSync(
  "axe-core/axe.min.js",
  dirname(Bun.resolveSync("@axe-core/playwright", import.meta.dir)),
);
const axeSource = readFileSync(axeFile, "utf8");

interface AxeOptions {
  readonly runOnly: string[];
  readonly resultTypes: string[];
}

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly target: unknown }[] }[];
}

declare global {
  interface Window {
    readonly axe?: { run(context: Document, options: AxeOptions): Promise<AxeResults> };
  }
}

/** What axe finds on the page as it is now, in one line each; by all rules, or by those that are named. */
export async function axeFindings(page: Page, rules: readonly string[] = standards): Promise<readonly string[]> {
  // The title of a page that is gone to arrives after its address.
  await page.waitForFunction(() => document.title !== "");
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axeSource);
  const wanted = { runOnly: [...rules], resultTypes: ["violations"] };
  return page.evaluate(async (wanted) => {
    if (window.axe === undefined) throw new Error("axe is not there");
    const { violations } = await window.axe.run(document, wanted);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(", ")}`);
  }, wanted);
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
