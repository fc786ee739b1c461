import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { installChromium } from "../../test/chromium.ts";

export const categories = ["performance", "accessibility", "best-practices", "seo"] as const;
export type Category = (typeof categories)[number];
export const mustBePerfect: ReadonlySet<Category> = new Set<Category>(["accessibility", "best-practices", "seo"]);
export const forms = ["desktop", "mobile"] as const;
export type Form = (typeof forms)[number];

/** What Lighthouse reports for a page; null where it has nothing to judge. */
export interface Figures {
  readonly scores: Readonly<Record<Category, number | null>>;
  readonly lcpMs: number;
  readonly shift: number;
  /** Lighthouse's index of how fast the machine was meanwhile. */
  readonly machine: number;
}

const program = join(import.meta.dir, "node_modules", "lighthouse", "cli", "index.js");
const chromeFlags = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking";
/** What Lighthouse holds against every page that answers 404 and asks not to be found: rightly so for any other. */
const auditsOfMissing = ["errors-in-console", "http-status-code", "is-crawlable"];

/** Its own folder of packages, so that only those who measure wait for them. */
export async function installLighthouse(): Promise<void> {
  if (existsSync(program)) return;
  console.log("installing Lighthouse (npm ci in web/proof/lighthouse)");
  const npm = Bun.spawn(["npm", "ci", "--no-workspaces", "--no-audit", "--loglevel=error"], {
    cwd: import.meta.dir,
    stdout: "ignore",
    stderr: "inherit",
  });
  if ((await npm.exited) !== 0) throw new Error("Lighthouse could not be installed: see npm's words above.");
}

interface Wish {
  readonly form: Form;
  readonly runs: number;
  /** Where a report may be written. */
  readonly folder: string;
}

/** The median of each figure over all runs. */
export async function measure(url: string, { form, runs, folder }: Wish): Promise<Figures> {
  const isMissing = (await fetch(url)).status === 404;
  const all: Figures[] = [];
  for (let run = 0; run < runs; run += 1) all.push(await once(url, form, isMissing, folder));
  const middle = (figure: (each: Figures) => number | null) => {
    const sorted = all.map(figure).filter((value) => value !== null);
    return sorted.sort((a, b) => a - b)[Math.floor(sorted.length / 2)] ?? null;
  };
  const score = (category: Category) => middle(({ scores }) => scores[category]);
  return {
    scores: {
      performance: score("performance"),
      accessibility: score("accessibility"),
      "best-practices": score("best-practices"),
      seo: isMissing ? null : score("seo"),
    },
    lcpMs: middle(({ lcpMs }) => lcpMs) ?? 0,
    shift: middle(({ shift }) => shift) ?? 0,
    machine: middle(({ machine }) => machine) ?? 0,
  };
}

interface Audit {
  readonly score: number | null;
  readonly numericValue?: number;
}

interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number | null } | undefined>>;
  readonly audits: Readonly<Record<string, Audit | undefined>>;
  readonly environment: { readonly benchmarkIndex: number };
}

async function once(url: string, form: Form, isMissing: boolean, folder: string): Promise<Figures> {
  const path = join(folder, "report.json");
  const output = ["--quiet", "--output=json", `--output-path=${path}`, "--max-wait-for-load=30000"];
  const only = `--only-categories=${categories.join(",")}`;
  const preset = form === "desktop" ? ["--preset=desktop"] : [];
  const missing = isMissing ? ["--ignore-status-code", `--skip-audits=${auditsOfMissing.join(",")}`] : [];
  const args = [url, ...output, only, ...preset, ...missing, `--chrome-flags=${chromeFlags}`];
  const env = { ...process.env, CHROME_PATH: installChromium() };
  const child = Bun.spawn([process.execPath, program, ...args], { env, stdout: "ignore", stderr: "pipe" });
  if ((await child.exited) !== 0)
    throw new Error(`Lighthouse failed on ${url}: ${await new Response(child.stderr).text()}`);
  const report: Report = JSON.parse(readFileSync(path, "utf8"));
  tellFaults(url, report);
  const score = (category: Category) => {
    const found = report.categories[category]?.score;
    return found == null ? null : Math.round(found * 100);
  };
  const value = (audit: string) => report.audits[audit]?.numericValue ?? 0;
  return {
    scores: {
      performance: score("performance"),
      accessibility: score("accessibility"),
      "best-practices": score("best-practices"),
      seo: score("seo"),
    },
    lcpMs: Math.round(value("largest-contentful-paint")),
    shift: Math.round(value("cumulative-layout-shift") * 1000) / 1000,
    machine: Math.round(report.environment.benchmarkIndex),
  };
}

/** What costs points where none may be lost. */
function tellFaults(url: string, report: Report): void {
  for (const name of mustBePerfect) {
    const score = report.categories[name]?.score;
    if (score == null || score === 1) continue;
    const bad = Object.entries(report.audits).filter(([, audit]) => audit?.score === 0);
    console.log(`${name} of ${url}: ${bad.map(([id]) => id).join(", ")}`);
  }
}
