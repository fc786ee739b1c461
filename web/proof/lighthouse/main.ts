// `npm run lighthouse -- [PAGE ..] [--runs 5]`: the median of so many runs of each page, as a desktop and as a mobile.
// Accessibility and best practices below 100 on any page are a failure; performance swings with what else the machine does.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startDesk } from "../../test/browser.ts";
import { installChromium } from "../../test/chromium.ts";
import { pagePlaces } from "../../test/places.ts";
import type { Goal } from "../goals/goal.ts";
import { keepPart } from "../goals/parts.ts";

const categories = ["performance", "accessibility", "best-practices", "seo"] as const;
const mustBePerfect = new Set<string>(["accessibility", "best-practices"]);
const forms = ["desktop", "mobile"] as const;
const chromeFlags = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking";

const { values, positionals } = parseArgs({ options: { runs: { type: "string" } }, allowPositionals: true });
const runs = Number(values.runs ?? "5");
const chosen = pagePlaces.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const folder = mkdtempSync(join(tmpdir(), "northwind-lighthouse-"));
const program = await installLighthouse();
const desk = await startDesk();
const below: string[] = [];
const lowest = new Map<string, number>();
try {
  console.log(["page", "form", ...categories, "LCP ms", "CLS", "machine"].join(" | "));
  for (const { name, path } of chosen)
    for (const form of forms) {
      const all: (readonly number[])[] = [];
      for (let run = 0; run < runs; run += 1) all.push(await measure(desk.url + path, form));
      report(name, form, all);
    }
} finally {
  await desk.stop();
  rmSync(folder, { recursive: true, force: true });
}
if (positionals.length === 0) keep();
for (const line of below) console.log(`below 100: ${line}`);
process.exitCode = below.length > 0 ? 1 : 0;

function report(name: string, form: string, all: readonly (readonly number[])[]): void {
  const medians = (all[0] ?? []).map((_, column) => median(all.map((row) => row[column] ?? 0)));
  console.log([name, form, ...medians].join(" | "));
  for (const [column, category] of categories.entries()) {
    const key = `${category}, ${form}`;
    lowest.set(key, Math.min(lowest.get(key) ?? 100, medians[column] ?? 0));
    if (mustBePerfect.has(category) && medians[column] !== 100)
      below.push(`${category} of ${name}, ${form}: ${medians[column]}`);
  }
}

/** For the table of the goals: the lowest median of all pages. */
function keep(): void {
  const targets = { performance: { desktop: 98, mobile: 90 }, other: { desktop: 100, mobile: 100 } };
  const goals: Goal[] = forms.flatMap((form) =>
    categories.map((category) => {
      const target = (category === "performance" ? targets.performance : targets.other)[form];
      const score = lowest.get(`${category}, ${form}`) ?? 0;
      const row = category === "performance" ? "2" : "1";
      const measured = `${score}, the lowest of ${chosen.length} pages, median of ${runs}`;
      const isHard = mustBePerfect.has(category);
      return {
        row,
        goal: `Lighthouse ${category}, ${form}`,
        target: `>= ${target}`,
        measured,
        isMet: score >= target,
        isHard,
      };
    }),
  );
  keepPart("lighthouse", goals);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/** Its own folder of packages, so that nobody waits for them who does not measure. */
async function installLighthouse(): Promise<string> {
  const cli = join(import.meta.dir, "node_modules", "lighthouse", "cli", "index.js");
  if (existsSync(cli)) return cli;
  console.log("installing Lighthouse (npm ci in web/proof/lighthouse)");
  const npm = Bun.spawn(["npm", "ci", "--no-workspaces", "--no-audit", "--loglevel=error"], {
    cwd: import.meta.dir,
    stdout: "ignore",
    stderr: "inherit",
  });
  if ((await npm.exited) !== 0) throw new Error("Lighthouse could not be installed: see npm's words above.");
  return cli;
}

interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number | null } | undefined>>;
  readonly audits: Readonly<
    Record<string, { readonly score: number | null; readonly numericValue?: number } | undefined>
  >;
  readonly environment: { readonly benchmarkIndex: number };
}

async function measure(url: string, form: (typeof forms)[number]): Promise<readonly number[]> {
  const path = join(folder, "report.json");
  const output = ["--quiet", "--output=json", `--output-path=${path}`, "--max-wait-for-load=30000"];
  const only = `--only-categories=${categories.join(",")}`;
  const preset = form === "desktop" ? ["--preset=desktop"] : [];
  const args = [url, ...output, only, ...preset, `--chrome-flags=${chromeFlags}`];
  const env = { ...process.env, CHROME_PATH: installChromium() };
  const child = Bun.spawn([process.execPath, program, ...args], { env, stdout: "ignore", stderr: "pipe" });
  if ((await child.exited) !== 0)
    throw new Error(`Lighthouse failed on ${url}: ${await new Response(child.stderr).text()}`);
  const report: Report = JSON.parse(readFileSync(path, "utf8"));
  tellFaults(url, report);
  const scores = categories.map((name) => Math.round((report.categories[name]?.score ?? 0) * 100));
  const value = (audit: string) => report.audits[audit]?.numericValue ?? 0;
  const lcp = Math.round(value("largest-contentful-paint"));
  return [
    ...scores,
    lcp,
    Math.round(value("cumulative-layout-shift") * 1000) / 1000,
    Math.round(report.environment.benchmarkIndex),
  ];
}

/** What costs points where none may be lost. */
function tellFaults(url: string, report: Report): void {
  for (const name of mustBePerfect) {
    if (report.categories[name]?.score === 1) continue;
    const bad = Object.entries(report.audits).filter(([, audit]) => audit?.score === 0);
    console.log(`${name} of ${url}: ${bad.map(([id]) => id).join(", ")}`);
  }
}
