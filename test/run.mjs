// `npm test` tests every claim with one command on a fresh clone. It does not stop at the first failure, so one run
// shows everything that is wrong. It ends with the slowest steps, the names of the failed tests and the counts.
// Steps run side by side, one more than there are cores. The output of a step is printed when it ends, in one piece.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bunProgram, installPackages } from "../install.mjs";
import { browserDaysTest, clockEnvironment, clocks, daysTests, shortDaysTests } from "./clocks.mjs";
import { expectReport } from "./report.mjs";
import { placeOf, runAll, runsAlone, toRepeat } from "./side-by-side.mjs";

const usage = `npm test                        everything
npm test -- NAME                the steps and test files whose name contains NAME; with several words, all of them
npm test -- --clock CLOCK       everything under one other clock: ${clocks.map(({ name }) => name).join(", ")}
npm run test:days               the tests that touch the calendar, under each of these clocks
npm run test:days -- --clock CLOCK NAME    the same, under one clock, of files whose name contains NAME`;

const root = fileURLToPath(new URL("..", import.meta.url));
const asked = readCommandLine();
const bun = bunProgram(root);
const node = process.execPath;
/** The time limits of a test, of a file, and of the output after the end of a file. */
const testTimeoutMs = 120_000;
const fileTimeoutMs = 900_000;
/** The clocks under which some tests run again; none if all tests run under one other clock. */
const otherClocks = asked.clock === null ? clocks : [];
let library;
const foldersWithoutTests = new Set([
  ...["node_modules", ".git", ".cache", "data", "dist", "wrong-programs", "generated", ".next"],
]);

/** Downloads are signed for the true time, and they take long, so their output is shown at once. */
const outside = { live: true, clock: null };
const need = (name, file, ...args) => ({
  ...{ name, when: "first", isLive: true },
  run: () => command(bun, ["run", file, ...args], outside),
});
/** The data folder that the private MariaDB servers of this run copy. */
const template = join(mkdtempSync(join(tmpdir(), "northwind-test-")), "mariadb");
process.on("exit", () => rmSync(dirname(template), { recursive: true, force: true }));
/** The processes of the running steps. Ctrl-C does not reach them: they lead groups of their own. */
const running = new Set();
const endEarly = () => {
  endRunning();
  process.exit(1);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, endEarly);
const needs = [
  need("MariaDB is there", "test/require-mariadb.ts", template),
  need("Chromium is there", "test/require-chromium.ts"),
  need("Caddy is there", "test/require-caddy.ts"),
  need("libfaketime is there", "test/require-faketime.ts"),
];
// Before the tests, so that no test waits for the build. It needs neither a database nor a proof.
const buildProgram = `import { buildPages } from "./web/build.mjs";
const fault = buildPages(() => {});
if (fault !== null) console.error(fault);
process.exitCode = fault === null ? 0 : 1;`;
const pages = {
  ...{ name: "The pages are built", when: "first", isApart: true },
  run: () => command(node, ["--input-type=module", "--eval", buildProgram], { clock: null }),
};

const everything = [
  ...needs,
  {
    name: "SQL check from scratch on MariaDB and SQLite",
    when: "first",
    run: () => command(bun, ["run", "sqlproof/src/cli.ts", "check", "--frozen"]),
  },
  {
    name: "Differential run over every statement",
    run: () => command(bun, ["run", "sqlproof/src/cli.ts", "differential", "--rows", "40", "--rounds", "6"]),
  },
  {
    name: "SQL check offline",
    when: "first",
    run: () => command(bun, ["run", "sqlproof/src/cli.ts", "check", "--offline"]),
  },
  { name: "Types", run: () => command(node, ["node_modules/typescript/bin/tsc", "--noEmit"]) },
  {
    name: "Types of the pages",
    run: () => command(node, ["node_modules/typescript/bin/tsc", "--noEmit", "--project", "web"]),
  },
  {
    name: "Lint and formatting",
    run: () => command(node, ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"]),
  },
  pages,
  ...testFiles(root).map((file) => stepOf(file, file, () => bunTest([file]))),
  // One process per clock: its files share their servers.
  ...otherClocks.map((clock) => ({ name: nameOf(clock), run: () => bunTest(shortDaysTests, clock) })),
  ...otherClocks
    .filter(({ name }) => name === "leap-day")
    .map((clock) =>
      stepOf(`${nameOf(clock)}: ${browserDaysTest}`, browserDaysTest, () => bunTest([browserDaysTest], clock)),
    ),
];
const days = [
  ...needs,
  pages,
  ...(asked.clock === null ? clocks : [asked.clock]).flatMap((clock) =>
    daysTests.map((file) => stepOf(`${nameOf(clock)}: ${file}`, file, () => bunTest([file], clock))),
  ),
];

/** The result of each step, and what failed when its file ran beside others but passed when it ran alone. */
const results = new Map();
const unsteady = [];
const failures = [];
const durations = [];
const fault = await installPackages(root);
if (fault !== null) {
  console.log(fault);
  failures.push("The packages are installed");
} else {
  if (asked.clock !== null) console.log(nameOf(asked.clock));
  const isAsked = ({ name }) => asked.words.every((word) => name.toLowerCase().includes(word.toLowerCase()));
  const steps = (asked.days ? days : everything).filter(isAsked);
  await runAll(steps, take);
  for (const step of toRepeat(steps, (step) => results.get(step).failed > 0)) await repeatAlone(step);
  failures.push(...steps.flatMap((step) => results.get(step)?.names ?? []));
  if (count("passed") + count("failed") + count("skipped") === 0)
    failures.push(`no test has "${asked.words.join(" ")}" in its name`);
}
if (durations.length > 1) console.log(`\nSlowest:\n${slowest().join("\n")}`);
const underClock = asked.clock === null || asked.days ? "" : ` under the clock ${asked.clock.name}`;
const listed = (heading, names) => names.length > 0 && console.log(`\n${heading}:\n  ${names.join("\n  ")}`);
listed("Failed beside others, passed alone", unsteady);
listed(`Failed${underClock}`, failures);
const skipped = count("skipped") > 0 ? `, ${count("skipped")} skipped` : "";
// What failed before any step ran is in no result.
const failed = Math.max(count("failed"), failures.length > 0 ? 1 : 0);
console.log(`\n${count("passed")} passed, ${failed} failed${skipped}`);
process.exitCode = failed > 0 ? 1 : 0;

function count(kind) {
  return [...results.values()].reduce((sum, result) => sum + result[kind], 0);
}

function readCommandLine() {
  try {
    const options = { clock: { type: "string" }, days: { type: "boolean" }, help: { type: "boolean" } };
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (values.help) end(usage, 0);
    const clock = clocks.find(({ name }) => name === values.clock) ?? null;
    if (values.clock !== undefined && clock === null) end(`--clock: "${values.clock}" is no clock.\n${usage}`, 1);
    return { clock, days: values.days === true, words: positionals };
  } catch (error) {
    return end(`${error.message}\n${usage}`, 1);
  }
}

function end(words, code) {
  console.log(words);
  process.exit(code);
}

function nameOf({ name, at, zone }) {
  return `Under the clock ${name}, ${at} in ${zone}`;
}

/** A test file as a step. */
function stepOf(name, file, run) {
  return { name, run, place: placeOf(file), ...(runsAlone(file) ? { when: "alone" } : {}) };
}

/** Runs one step and prints its heading, its time and, if it failed, its whole output, in one piece. */
async function take(step) {
  const { name, run, isLive = false } = step;
  const heading = `\n== ${name}`;
  if (isLive) console.log(heading);
  const begin = Date.now();
  const { passed, failed, skipped, output, failedTests = [] } = await run();
  const seconds = (Date.now() - begin) / 1000;
  results.set(step, { passed, failed, skipped, names: [] });
  durations.push({ name, seconds });
  const lines = isLive ? [] : [heading];
  if (failed > 0) {
    lines.push(output.trimEnd());
    // The name alone does not say under which clock the test failed.
    const where = failedTests.length > 0 && name.startsWith("Under ") ? `${name}: ` : "";
    results.get(step).names = failedTests.length > 0 ? failedTests.map((test) => where + test) : [name];
  } else for (const [line] of output.matchAll(/^measured: .*$/gm)) lines.push(`   ${line}`);
  const parts = [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])];
  console.log([...lines, `   ${parts.join(", ")} in ${seconds.toFixed(1)} s`].join("\n"));
}

/** Runs a step that failed once more, with nothing beside it. What fails again has failed. */
async function repeatAlone(step) {
  const { names } = results.get(step);
  console.log(`\nOnce more, alone: ${step.name}`);
  await take(step);
  if (results.get(step).failed === 0) unsteady.push(...names);
}

function slowest() {
  const longest = durations.toSorted((a, b) => b.seconds - a.seconds).slice(0, 10);
  return longest.map(({ name, seconds }) => `  ${seconds.toFixed(1).padStart(5)} s  ${name}`);
}

/** A program is one test: passed when it ends with 0. */
async function command(program, args, options = {}) {
  const { status, output } = await outputOf(program, args, options);
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0, output };
}

/** Runs files in a process of their own, so that a crash or an endless loop affects no other file. */
async function bunTest(files, clock = asked.clock) {
  const report = expectReport(dirname(template));
  const paths = files.map((file) => `./${file}`);
  const args = ["test", `--timeout=${testTimeoutMs}`, ...report.options, ...paths];
  const { status, output } = await outputOf(bun, args, { clock });
  const { tests, failures, skipped, failed: failedTests, files: reported } = report.read();
  // A file that crashed or could not be read is missing from the report, and counts as a failure.
  const lost = files.filter((file) => !reported.has(file));
  const told = failures + lost.length;
  const failed = told === 0 && (status !== 0 || tests === 0) ? 1 : told;
  const passed = Math.max(0, tests - failures - skipped);
  return { passed, failed, skipped, output, failedTests: [...failedTests, ...lost] };
}

/** Runs a program, under another clock if one is given, and gives its exit status and its output. */
function outputOf(program, args, { live = false, clock = asked.clock } = {}) {
  library ??= clock === null ? undefined : findLibrary();
  // Without libfaketime the program would run under the true clock and prove nothing.
  if (clock !== null && library === "")
    return { status: 1, output: "libfaketime is missing: there is no other clock." };
  const child = spawn(program, args, {
    cwd: root,
    env: {
      ...process.env,
      ...(existsSync(template) ? { PRIVATE_MARIADB_TEMPLATE: template } : {}),
      ...(clock === null ? {} : clockEnvironment(clock, library)),
    },
    stdio: ["ignore", live ? "inherit" : "pipe", live ? "inherit" : "pipe"],
    detached: true,
  });
  running.add(child.pid);
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
      running.delete(child.pid);
      // libfaketime leaves its shared memory behind.
      for (const name of ["faketime_shm_", "sem.faketime_sem_"])
        if (clock !== null) rmSync(`/dev/shm/${name}${child.pid}`, { force: true });
      resolve({ status, output: Buffer.concat(chunks).toString() });
    };
    child.once("error", (error) => {
      chunks.push(Buffer.from(error.message));
      end(1);
    });
    child.once("close", (code) => end(code ?? 1));
    // A program that the step has left behind may hold its output open for ever.
    let leftOver;
    child.once("exit", (code) => (leftOver = setTimeout(end, 5_000, code ?? 1)));
    child.once("close", () => clearTimeout(leftOver));
  });
}

/** Ends the running steps and everything that they have started, such as servers in process groups of their own. */
function endRunning() {
  const { stdout } = spawnSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" });
  const parents = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/ +/).map(Number));
  const ended = [...running];
  for (const pid of ended) ended.push(...parents.filter(([, parent]) => parent === pid).map(([child]) => child));
  for (const pid of ended) {
    try {
      // Not SIGKILL: the process that watches a database server removes its folder afterwards.
      process.kill(pid, "SIGTERM");
    } catch {
      // The process has already ended.
    }
  }
}

/** The path of libfaketime, or an empty text. */
function findLibrary() {
  const { stdout } = spawnSync(bun, ["run", "test/require-faketime.ts"], { cwd: root, encoding: "utf8" });
  return stdout.trim().split("\n").at(-1) ?? "";
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
