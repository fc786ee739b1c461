// `npm start`: installs what is missing, derives the query types when they are stale, then runs the API on Bun.
// Node builtin modules only, because on a fresh clone nothing is installed; and only old syntax in this file,
// so that a Node that is too old can read it and say so.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const oldestNode = [20, 19];
const root = fileURLToPath(new URL(".", import.meta.url));

/** Runs Bun in this process's place: same terminal, same signals, same exit code. */
function run(program, args) {
  const child = spawn(program, args, { cwd: root, stdio: "inherit" });
  // Ctrl-C reaches the whole process group, and npm passes it on as well: the API takes such echoes for one signal.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.once("error", (error) => {
    console.error(`Bun could not be run (${error.message}). Delete the folder node_modules and start again.`);
    process.exitCode = 1;
  });
  child.once("exit", (code, signal) => {
    if (signal === null) {
      process.exitCode = code;
      return;
    }
    // Die as the child did, so that the caller sees the same cause.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

const found = process.versions.node.split(".").map(Number);
if (found[0] < oldestNode[0] || (found[0] === oldestNode[0] && found[1] < oldestNode[1])) {
  console.error(
    `Node ${process.versions.node} is too old: install Node ${oldestNode.join(".")} or newer from https://nodejs.org.`,
  );
  process.exitCode = 1;
} else {
  // `--watch` is for developers (`npm run dev`): Bun restarts the API when a source file changes; the pages have their own
  // (`npm run dev:web`). `--cluster` is `npm run cluster`: the API on a cluster that lives as long as it does; `--build` is
  // `npm run build`: the API as a single file.
  const mode = process.argv[2];
  const programs = new Map([
    ["--cluster", "cluster/main.ts"],
    ["--build", "api/build.ts"],
  ]);
  const program = [programs.get(mode) ?? "api/src/main.ts"];
  if (mode === "--watch") program.unshift("--watch", "--no-clear-screen");
  const isOther = mode === "--watch" || programs.has(mode);
  const given = process.argv.slice(isOther ? 3 : 2);
  const isAlone = isOther || given.includes("--no-pages") || given.includes("--help");
  const options = given.filter((option) => option !== "--no-pages");
  import("./install.mjs").then(async ({ bunProgram, install }) => {
    const fault = (await install(root)) ?? (isAlone ? null : await buildPages());
    if (fault === null)
      run(bunProgram(root), [...program, ...(isAlone ? [] : ["--pages", "web/serve.mjs"]), ...options]);
    else {
      console.error(fault);
      process.exitCode = 1;
    }
  });
}

/** Imported when the packages are there: the pages are built with them. */
async function buildPages() {
  const { buildPages: build } = await import("./web/build.mjs");
  return build(console.log);
}
