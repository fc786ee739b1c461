// Prepares the working folder for Bun: installs the packages and derives the query types. Each step checks first
// whether it is needed, which takes a few milliseconds. This file uses only built-in modules.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const progressEveryMs = 5000;
/** Signals that are forwarded to npm while it installs the packages. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Takes all steps. Returns null, or a sentence that tells the user what to do if a step failed. */
export async function install(root) {
  return (await installPackages(root)) ?? deriveQueryTypes(root);
}

/** Installs the packages, including Bun. Returns a sentence or null, like `install`. */
export async function installPackages(root) {
  return (await installMissingPackages(root)) ?? completeBun(root);
}

/** The path of Bun's program, which has this name on every system. */
export function bunProgram(root) {
  return join(root, "node_modules", "bun", "bin", "bun.exe");
}

async function installMissingPackages(root) {
  const stamp = join(root, "node_modules", ".installed-from");
  const wanted = fingerprint(root);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return null;
  if (!alreadyInstalled(root)) {
    const status = await npmCi(root);
    if (status !== 0)
      return "The packages could not be installed: see npm's output above, fix the problem and start again.";
  }
  // Written last, so that an interrupted installation is repeated.
  writeFileSync(stamp, wanted);
  return null;
}

/** A hash of all files that determine which packages are installed. */
function fingerprint(root) {
  const read = (path) => readFileSync(join(root, path));
  const { workspaces } = JSON.parse(read("package.json").toString());
  const hash = createHash("sha256");
  for (const path of ["package.json", "package-lock.json", ...workspaces.map((name) => `${name}/package.json`)]) {
    hash.update(path).update(read(path));
  }
  return hash.digest("hex");
}

/** Whether npm's own record in node_modules matches the lock file, as after a manual `npm ci`. */
function alreadyInstalled(root) {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const packagesOf = (path) => JSON.parse(readFileSync(path, "utf8")).packages;
  const installed = packagesOf(record);
  const locked = Object.entries(packagesOf(join(root, "package-lock.json")));
  return locked.every(([path, { version, optional }]) => {
    if (!path.includes("node_modules/")) return true;
    const found = installed[path];
    // An optional package for another system is locked but not installed.
    return found === undefined ? optional === true : found.version === version;
  });
}

/** Runs `npm ci` and prints progress, because npm is silent if its output is not a terminal. Returns its exit code. */
function npmCi(root) {
  console.log("Installing the packages (on the first start, or because the list of packages has changed) ...");
  const begin = Date.now();
  const seconds = () => Math.round((Date.now() - begin) / 1000);
  const [program, args] = npmCommand();
  const child = spawn(program, [...args, "ci", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const timer = setInterval(() => console.log(`  ... still installing, ${seconds()} s`), progressEveryMs);
  const stop = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, stop);
  return new Promise((resolve) => {
    const end = (status) => {
      clearInterval(timer);
      for (const signal of signals) process.off(signal, stop);
      if (status === 0) console.log(`Installed in ${seconds()} s.`);
      resolve(status);
    };
    child.once("error", () => end(1));
    child.once("exit", (code) => end(code ?? 1));
  });
}

/** The npm that started this process, if any, so that the versions cannot differ. */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running?.endsWith("npm-cli.js")) return [process.execPath, [running]];
  return [process.platform === "win32" ? "npm.cmd" : "npm", []];
}

/** Runs Bun's install script if npm was configured not to run it and Bun's program is still a short placeholder. */
function completeBun(root) {
  if (isProgram(bunProgram(root))) return null;
  const folder = join(root, "node_modules", "bun");
  spawnSync(process.execPath, ["install.js"], { cwd: folder, stdio: "ignore" });
  if (isProgram(bunProgram(root))) return null;
  return "Bun is not completely installed: run `npm rebuild bun`, or delete the folder node_modules, and start again.";
}

function isProgram(path) {
  return existsSync(path) && statSync(path).size > 1_000_000;
}

/** Derives the query types from the committed proofs, without a database. Returns a sentence or null. */
export function deriveQueryTypes(root) {
  if (!isStale(root)) return null;
  const result = spawnSync(bunProgram(root), ["run", "sqlproof/src/cli.ts", "check", "--offline"], {
    cwd: root,
    encoding: "utf8",
  });
  if (result.status === 0) return null;
  const output = `${result.stdout ?? ""}${result.stderr ?? ""}`.trim();
  return `${output}\nThe queries are not proven: run \`npm run check\`, then start again.`;
}

/** Whether the query types are older than a proof, or than a migration on which the proofs are based. */
function isStale(root) {
  const modified = (path) => statSync(path).mtimeMs;
  const derived = join(root, ".sqlproof", "generated", "queries.ts");
  if (!existsSync(derived)) return true;
  const folders = [".sqlproof", ".sqlproof/queries", "schema/mariadb", "schema/sqlite"].map((path) => join(root, path));
  const inputs = folders.filter(existsSync).flatMap((folder) => [
    folder,
    ...readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => join(folder, name)),
  ]);
  return inputs.some((path) => modified(path) > modified(derived));
}
