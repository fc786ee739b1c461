// `npm test`: every claim is tested by one command on a fresh clone. Nothing stops at the first failure, so that
// one run shows everything that is wrong; the last line is the count. `npm test -- NAME` runs what contains NAME.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bunProgram, installPackages } from "../install.mjs";
import { buildPages } from "../web/build.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const filter = process.argv[2] ?? "";
const bun = bunProgram(root);
const node = process.execPath;
/** One test may wait this long for a server on a slow machine; one file for all its tests. */
const testTimeoutMs = 120_000;
const fileTimeoutMs = 480_000;
const foldersWithoutTests = new Set(["node_modules", ".git", "data", "dist", "wrong-programs", "generated", ".next"]);

const steps = [
  { name: "MariaDB is there", run: () => command(bun, ["run", "test/require-mariadb.ts"], { live: true }) },
  { name: "Chromium is there", run: () => command(bun, ["run", "test/require-chromium.ts"], { live: true }) },
  {
    name: "SQL check from scratch on MariaDB and SQLite",
    run: () => command(bun, ["run", "sqlproof/src/cli.ts", "check", "--frozen"]),
  },
  {
    name: "Differential run over every statement",
    run: () => command(bun, ["run", "sqlproof/src/cli.ts", "differential", "--rows", "40", "--rounds", "6"]),
  },
  { name: "SQL check offline", run: () => command(bun, ["run", "sqlproof/src/cli.ts", "check", "--offline"]) },
  { name: "Types", run: () => command(node, ["node_modules/typescript/bin/tsc", "--noEmit"]) },
  {
    name: "Types of the pages",
    run: () => command(node, ["node_modules/typescript/bin/tsc", "--noEmit", "--project", "web"]),
  },
  {
    name: "Lint and formatting",
    run: () => command(node, ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"]),
  },
  // Before the tests, so that none of them waits for it.
  { name: "The pages are built", run: async () => verdict(buildPages(() => {})) },
  ...testFiles(root).map((file) => ({ name: file, run: () => bunTest(file) })),
];

const fault = await installPackages(root);
const counts = { passed: 0, failed: 0, skipped: 0 };
if (fault !== null) {
  console.log(fault);
  counts.failed++;
} else {
  for (const step of steps.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()))) await take(step);
  if (counts.passed + counts.failed + counts.skipped === 0) {
    console.log(`No test is named like "${filter}".`);
    counts.failed++;
  }
}
console.log(
  `\n${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ""}`,
);
process.exitCode = counts.failed > 0 ? 1 : 0;

/** Runs one step and prints its heading, its time and, when it failed, everything it said. */
async function take({ name, run }) {
  console.log(`\n== ${name}`);
  const begin = Date.now();
  const { passed, failed, skipped, output } = await run();
  counts.passed += passed;
  counts.failed += failed;
  counts.skipped += skipped;
  if (failed > 0) console.log(output.trimEnd());
  else for (const [line] of output.matchAll(/^measured: .*$/gm)) console.log(`   ${line}`);
  const parts = [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])];
  console.log(`   ${parts.join(", ")} in ${((Date.now() - begin) / 1000).toFixed(1)} s`);
}

/** A program is one test: passed when it ends with 0. */
async function command(program, args, { live = false } = {}) {
  const { status, output } = await outputOf(program, args, live);
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0, output };
}

/** A step that answers with what is wrong, or null. */
function verdict(fault) {
  return { passed: fault === null ? 1 : 0, failed: fault === null ? 0 : 1, skipped: 0, output: fault ?? "" };
}

/** One file in a process of its own: a crash or an endless loop in it costs no other file. */
async function bunTest(file) {
  const folder = mkdtempSync(join(tmpdir(), "northwind-test-"));
  const report = join(folder, "report.xml");
  const reporter = ["--reporter=junit", `--reporter-outfile=${report}`];
  const { status, output } = await outputOf(bun, ["test", `--timeout=${testTimeoutMs}`, ...reporter, `./${file}`]);
  const { tests, failures, skipped } = readReport(report);
  rmSync(folder, { recursive: true, force: true });
  // A file that crashed, or in which nothing ran, has failed even when no single test did.
  const failed = failures === 0 && (status !== 0 || tests === 0) ? 1 : failures;
  return { passed: Math.max(0, tests - failures - skipped), failed, skipped, output };
}

function readReport(path) {
  let head = "";
  try {
    head = /<testsuites [^>]*>/.exec(readFileSync(path, "utf8"))?.[0] ?? "";
  } catch {
    // The process died before it wrote its report: nothing is counted, which is a failure.
  }
  const number = (name) => Number.parseInt(new RegExp(` ${name}="(\\d+)"`).exec(head)?.[1] ?? "0", 10);
  return { tests: number("tests"), failures: number("failures"), skipped: number("skipped") };
}

function outputOf(program, args, live = false) {
  const child = spawn(program, args, {
    cwd: root,
    stdio: ["ignore", live ? "inherit" : "pipe", live ? "inherit" : "pipe"],
  });
  const chunks = [];
  child.stdout?.on("data", (chunk) => chunks.push(chunk));
  child.stderr?.on("data", (chunk) => chunks.push(chunk));
  const timer = setTimeout(() => {
    chunks.push(Buffer.from(`\nStopped: it took longer than ${fileTimeoutMs / 1000} s.\n`));
    child.kill("SIGKILL");
  }, fileTimeoutMs);
  return new Promise((resolve) => {
    const end = (status) => {
      clearTimeout(timer);
      resolve({ status, output: Buffer.concat(chunks).toString() });
    };
    child.once("error", (error) => {
      chunks.push(Buffer.from(error.message));
      end(1);
    });
    child.once("close", (code) => end(code ?? 1));
  });
}

/** Every `*.test.ts`, in the order of their paths; the whole-system tests in `test/` come last. */
function testFiles(folder) {
  const found = [];
  const walk = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory() && !foldersWithoutTests.has(entry.name)) walk(join(path, entry.name));
      else if (entry.isFile() && entry.name.endsWith(".test.ts")) found.push(relative(root, join(path, entry.name)));
    }
  };
  walk(folder);
  const last = (file) => (file.startsWith("test/") ? 1 : 0);
  return found.sort((a, b) => last(a) - last(b) || a.localeCompare(b));
}
