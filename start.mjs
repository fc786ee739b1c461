// `npm start` installs missing packages, derives the query types if they are stale, and runs the API on Bun. This file
// uses only built-in modules, because a fresh clone has no packages, and only old syntax, so that an old version of
// Node can run it and report that it is too old.
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const oldestNode = [20, 19];
const root = fileURLToPath(new URL(".", import.meta.url));

/** Runs Bun with the output, the signals and the exit code of this process. */
function run(program, args) {
  // The API ends when this pipe does: when this process has ended, however that was.
  const env = { ...process.env, END_WITH_INPUT: "1" };
  const child = spawn(program, args, { cwd: root, env, stdio: ["pipe", "inherit", "inherit"] });
  child.stdin.on("error", () => {});
  // Whoever started this process may have told it the same.
  if (process.env.END_WITH_INPUT === "1") process.stdin.pipe(child.stdin);
  // Ctrl-C reaches the entire process group, and npm forwards it as well. The API treats repetitions as one signal.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.once("error", (error) => {
    console.error(`Bun could not be run (${error.message}). Delete the folder node_modules and start again.`);
    process.exitCode = 1;
  });
  child.once("exit", (code, signal) => {
    process.stdin.destroy();
    if (signal === null) {
      process.exitCode = code;
      return;
    }
    // End by the same signal as the child, so that the caller sees the same cause.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

const current = process.versions.node.split(".").map(Number);
if (current[0] < oldestNode[0] || (current[0] === oldestNode[0] && current[1] < oldestNode[1])) {
  console.error(
    `Node ${process.versions.node} is too old: install Node ${oldestNode.join(".")} or newer from https://nodejs.org.`,
  );
  process.exitCode = 1;
} else {
  // A first word like `backup` is a command of the program (`npm run backup`), which serves nothing. `--watch` (`npm run dev`) restarts the API when a source file changes; `npm run dev:web` does the same for the
  // pages. `--cluster` (`npm run cluster`) runs the API on its own cluster. `--build` (`npm run build`) makes the
  // single file.
  const mode = process.argv[2];
  const programs = new Map([
    ["--cluster", "cluster/main.ts"],
    ["--build", "api/build.ts"],
  ]);
  const program = [programs.get(mode) ?? "api/src/main.ts"];
  if (mode === "--watch") program.unshift("--watch", "--no-clear-screen");
  const hasMode = mode === "--watch" || programs.has(mode);
  const given = process.argv.slice(hasMode ? 3 : 2);
  // The single file contains the pages.
  const isAsked = ["--no-pages", "--help", "--version", "--check-upgrade"].some((option) => given.includes(option));
  const isCommand = /^[a-z]/.test(mode ?? "");
  const isWithoutPages = isAsked || isCommand || (hasMode && mode !== "--build");
  const options = given.filter((option) => option !== "--no-pages");
  import("./install.mjs").then(async ({ bunProgram, install }) => {
    const refuse = () => (hasMode ? null : refusalOf(bunProgram(root), options));
    const problem = (await install(root)) ?? (isWithoutPages ? null : await buildPages(refuse));
    if (problem === null)
      run(bunProgram(root), [
        ...program,
        ...(isWithoutPages || hasMode ? [] : ["--pages", "web/serve.mjs"]),
        ...options,
      ]);
    else {
      console.error(problem);
      process.exitCode = 1;
    }
  });
}

/** Imports the build only after the packages it needs are installed. */
async function buildPages(refuse) {
  const { buildPages: build } = await import("./web/build.mjs");
  return build(console.log, refuse);
}

/** What is wrong with the options and the settings, or null: building takes long, and would be in vain. */
function refusalOf(bun, options) {
  const { status, stderr } = spawnSync(bun, ["api/check-options.ts", "--pages", "web/serve.mjs", ...options], {
    cwd: root,
    encoding: "utf8",
  });
  return status === 0 ? null : stderr.trim();
}
