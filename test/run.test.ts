// `npm test` itself: what fails, crashes or does not run at all must be counted as failed. Planted test files stand in
// a folder of their own beside a copy of the runner.
import { afterAll, expect, test } from "bun:test";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Program } from "./program.ts";

const root = join(import.meta.dir, "..");
const folder = mkdtempSync(join(tmpdir(), "northwind-run-"));
const head = 'import { expect, test } from "bun:test";\n';

/** A test that ends only when another one runs at the same time. */
function meeting(own: string, other: string): string {
  return `${head}import { existsSync, writeFileSync } from "node:fs";
  test("meets", async () => {
    writeFileSync(import.meta.dir + "/${own}", "");
    while (!existsSync(import.meta.dir + "/${other}")) await Bun.sleep(20);
  }, 20_000);\n`;
}

const planted = {
  "passes.test.ts": `${head}test("a", () => expect(1).toBe(1));\ntest("b", () => {});\n`,
  "fails.test.ts": `${head.replace("{", "{ describe,")}describe("in > a group", () => describe.each(["within <it>"])("%s", () =>
    test("is not\\n what was wanted", () => expect("what came").toBe("what was wanted"))));
    test("b", () => {});\n`,
  "crashes.test.ts": `${head}test("a", () => {});\ntest("b", () => process.exit(0));\n`,
  "unreadable.test.ts": `${head}test("a", () => {`,
  "empty.test.ts": head,
  "calendar/calendar.test.ts": `${head}test("tells the time", () => {
    const now = new Date();
    console.log(\`measured: \${now.toISOString().slice(0, 10)} \${now.toString().split(" ")[5]}\`);
  });\n`,
  "side-by-side/one.test.ts": meeting("one", "other"),
  "side-by-side/other.test.ts": meeting("other", "one"),
  "crowded/steady.test.ts": `${head}test("a", () => {});\n`,
  "crowded/once.test.ts": `${head}import { existsSync, writeFileSync } from "node:fs";
  test("fails the first time", () => {
    const before = existsSync(import.meta.dir + "/ran");
    writeFileSync(import.meta.dir + "/ran", "");
    expect(before).toBe(true);
  });\n`,
  "broken/steady.test.ts": `${head}test("a", () => {});\n`,
  "broken/always.test.ts": `${head}test("fails every time", () => expect(1).toBe(2));\n`,
  "for-itself/busy.test.ts": `${head}import { writeFileSync } from "node:fs";
  test("takes a while", async () => {
    await Bun.sleep(1000);
    writeFileSync(import.meta.dir + "/over", "");
  });\n`,
  "for-itself/cost.test.ts": `${head}import { existsSync } from "node:fs";
  test("measures", () => expect(existsSync(import.meta.dir + "/over")).toBe(true));\n`,
  "endless/endless.test.ts": `${head}import { spawn } from "node:child_process";
  import { writeFileSync } from "node:fs";
  test("waits for a program in a group of its own", async () => {
    const child = spawn("sleep", ["600"], { detached: true, stdio: "ignore" });
    writeFileSync(import.meta.dir + "/pids", process.pid + " " + child.pid);
    await Bun.sleep(600_000);
  }, 600_000);\n`,
  "skips.test.ts": `${head}test("a", () => {});\ntest.skip("b", () => {});\n`,
};

const needed = [
  ...["test/require-faketime.ts", "faults/system/install-faketime.ts"],
  "install.mjs",
  "package.json",
  "package-lock.json",
  "test/run.mjs",
  "test/report.mjs",
  "test/side-by-side.mjs",
  "test/clocks.mjs",
  "web/build.mjs",
];
const manifests = ["sqlproof/package.json", "schema/package.json", "api/package.json", "web/package.json"];
for (const path of [...needed, ...manifests]) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  copyFileSync(join(root, path), join(folder, path));
}
symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
mkdirSync(join(folder, "planted"));
for (const [name, text] of Object.entries(planted)) {
  const place = join(folder, name.includes("/") ? "" : "planted", name);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, text);
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function npmTest(
  ...args: string[]
): Promise<{ code: number | null; output: string; lastLine: string | undefined }> {
  const program = new Program("node", ["test/run.mjs", ...args], folder);
  const { code } = await program.ended;
  return { code, output: program.output, lastLine: program.output.trimEnd().split("\n").at(-1) };
}

const cases = [
  { file: "passes", lastLine: "2 passed, 0 failed", code: 0 },
  { file: "fails", lastLine: "1 passed, 1 failed", code: 1 },
  { file: "crashes", lastLine: "0 passed, 1 failed", code: 1 },
  { file: "unreadable", lastLine: "0 passed, 1 failed", code: 1 },
  { file: "empty", lastLine: "0 passed, 1 failed", code: 1 },
  { file: "skips", lastLine: "1 passed, 0 failed, 1 skipped", code: 0 },
  { file: "planted", lastLine: "4 passed, 4 failed, 1 skipped", code: 1 },
  { file: "no such test", lastLine: "0 passed, 1 failed", code: 1 },
];

test.each(cases)("$file: $lastLine", async ({ file, lastLine, code }) => {
  const run = await npmTest(file);
  expect(run.lastLine).toBe(lastLine);
  expect(run.code).toBe(code);
});

test.skipIf(availableParallelism() < 2)("steps run side by side where there are cores for it", async () => {
  expect(await npmTest("side-by-side")).toMatchObject({ lastLine: "2 passed, 0 failed", code: 0 });
});

test("a file that failed beside others is repeated alone, and named even if it passes then", async () => {
  const run = await npmTest("crowded");
  expect(run).toMatchObject({ lastLine: "2 passed, 0 failed", code: 0 });
  expect(run.output).toMatch(
    /^Failed beside others, passed alone:\n {2}crowded\/once\.test\.ts: fails the first time$/m,
  );
});

test("what fails again when it is repeated has failed", async () => {
  const run = await npmTest("broken");
  expect(run).toMatchObject({ lastLine: "1 passed, 1 failed", code: 1 });
  expect(run.output).toMatch(/^Failed:\n {2}broken\/always\.test\.ts: fails every time$/m);
});

test("what compares times runs when nothing else does", async () => {
  expect(await npmTest("for-itself")).toMatchObject({ lastLine: "2 passed, 0 failed", code: 0 });
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "nothing that a test has started outlives %s",
  async (signal) => {
    const pids = join(folder, "endless/pids");
    rmSync(pids, { force: true });
    const program = new Program("node", ["test/run.mjs", "endless"], folder);
    while (!existsSync(pids) || readFileSync(pids, "utf8") === "") await Bun.sleep(20);
    program.signalGroup(signal);
    expect(await program.ended).toEqual({ code: 1, signal: null });
    for (const pid of readFileSync(pids, "utf8").split(" ")) while (isAlive(Number(pid))) await Bun.sleep(20);
  },
  20_000,
);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("the slowest steps are named before the count, the slowest first", async () => {
  const { output } = await npmTest("for-itself");
  const end = output.slice(output.indexOf("Slowest:")).trimEnd().split("\n");
  expect(end).toEqual([
    "Slowest:",
    expect.stringMatching(/^ +\d+\.\d s {2}for-itself\/busy\.test\.ts$/),
    expect.stringMatching(/^ +\d+\.\d s {2}for-itself\/cost\.test\.ts$/),
    "",
    "2 passed, 0 failed",
  ]);
});

test("a failure is shown whole where it happens, and by file and name at the end", async () => {
  const { output } = await npmTest("planted");
  expect(output).toContain("what came");
  const end = output.slice(output.lastIndexOf("Failed:"));
  expect(end.trimEnd().split("\n")).toEqual([
    "Failed:",
    "  planted/crashes.test.ts",
    "  planted/empty.test.ts",
    "  planted/fails.test.ts: in > a group > within <it> > is not what was wanted",
    "  planted/unreadable.test.ts",
    "",
    "4 passed, 4 failed, 1 skipped",
  ]);
});

test("what passes ends with the count alone", async () => {
  expect((await npmTest("passes")).output).not.toContain("Failed:");
});

test("a clock that is not known, an option that is none: refused before anything runs, with what there is", async () => {
  for (const option of ["--clock=yesterday", "--nonsense"]) {
    const { code, output } = await npmTest(option);
    expect(code).toBe(1);
    expect(output).toContain("npm test -- --clock CLOCK");
    expect(output).not.toContain("==");
  }
});

test("a name that no test has is said at the end", async () => {
  expect((await npmTest("no", "such")).output).toContain('Failed:\n  no test has "no such" in its name\n');
});

test("under a clock a test sees that day and that zone", async () => {
  const { lastLine, output } = await npmTest("--clock=leap-day", "calendar");
  expect(output).toContain("measured: 2028-02-29 GMT+1400");
  expect(lastLine).toBe("1 passed, 0 failed");
});

test("under a clock that cannot be shown nothing passes", async () => {
  const library = join(folder, "faults", "system", "install-faketime.ts");
  writeFileSync(library, "export const installFaketime = () => null;\n");
  const { lastLine, output } = await npmTest("--clock=leap-day", "calendar");
  copyFileSync(join(root, "faults", "system", "install-faketime.ts"), library);
  expect(lastLine).toBe("0 passed, 1 failed");
  expect(output).toContain("libfaketime is missing: there is no other clock.");
  expect(output).toContain("Failed under the clock leap-day:\n  calendar/calendar.test.ts\n");
});
