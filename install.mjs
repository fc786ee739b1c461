// Brings the working folder to the state in which Bun can run it: packages installed, query types derived.
// Every step looks first and costs a few milliseconds when nothing is to be done. Node builtin modules only.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const progressEveryMs = 5000;
/** Whoever stops us while packages are installed stops npm as well. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Does everything. Returns one sentence saying what to do when it cannot, else null. */
export async function install(root) {
  return (await installPackages(root)) ?? deriveQueryTypes(root);
}

/** The packages, Bun among them. Returns a sentence or null, as `install` does. */
export async function installPackages(root) {
  return (await packagesFault(root)) ?? bunFault(root);
}

/** Bun's program; the file has this name on every system. */
export function bunProgram(root) {
  return join(root, "node_modules", "bun", "bin", "bun.exe");
}

async function packagesFault(root) {
  const stamp = join(root, "node_modules", ".installed-from");
  const wanted = fingerprint(root);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return null;
  if (!alreadyInstalled(root)) {
    const status = await npmCi(root);
    if (status !== 0) return "The packages could not be installed: see npm's words above, mend that and start again.";
  }
  // Written last: an installation that was interrupted is repeated.
  writeFileSync(stamp, wanted);
  return null;
}

/** One hash over every file that decides what is installed. */
function fingerprint(root) {
  const read = (path) => readFileSync(join(root, path));
  const { workspaces } = JSON.parse(read("package.json").toString());
  const hash = createHash("sha256");
  for (const path of ["package.json", "package-lock.json", ...workspaces.map((name) => `${name}/package.json`)]) {
    hash.update(path).update(read(path));
  }
  return hash.digest("hex");
}

/** True when somebody ran `npm ci` by hand: npm's own record in node_modules agrees with the lock file. */
function alreadyInstalled(root) {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const packagesOf = (path) => JSON.parse(readFileSync(path, "utf8")).packages;
  const installed = packagesOf(record);
  const locked = Object.entries(packagesOf(join(root, "package-lock.json")));
  return locked.every(([path, { version, optional }]) => {
    if (!path.includes("node_modules/")) return true;
    const found = installed[path];
    // An optional package of another system is locked, but never installed here.
    return found === undefined ? optional === true : found.version === version;
  });
}

/** `npm ci`, with a sign of life while it works: npm itself is silent when its output is no terminal. */
function npmCi(root) {
  console.log("Installing the packages (first start, or the list of packages changed) ...");
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

/** The npm that started us when there is one, so that the versions cannot differ. */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running?.endsWith("npm-cli.js")) return [process.execPath, [running]];
  return [process.platform === "win32" ? "npm.cmd" : "npm", []];
}

/** npm may have been told to run no install scripts; then Bun's program is still a short placeholder. */
function bunFault(root) {
  if (isProgram(bunProgram(root))) return null;
  const folder = join(root, "node_modules", "bun");
  spawnSync(process.execPath, ["install.js"], { cwd: folder, stdio: "ignore" });
  if (isProgram(bunProgram(root))) return null;
  return "Bun is not complete: run `npm rebuild bun`, or delete the folder node_modules, and start again.";
}

function isProgram(path) {
  return existsSync(path) && statSync(path).size > 1_000_000;
}

/** The query types, from the committed proofs: without a database, in milliseconds. Returns a sentence or null. */
export function deriveQueryTypes(root) {
  if (!isStale(root)) return null;
  const result = spawnSync(bunProgram(root), ["run", "sqlproof/src/cli.ts", "check", "--offline"], {
    cwd: root,
    encoding: "utf8",
  });
  if (result.status === 0) return null;
  const words = `${result.stdout ?? ""}${result.stderr ?? ""}`.trim();
  return `${words}\nThe queries are not proven: run \`npm run check\`, then start again.`;
}

/** Older than a proof, or than a migration that the proofs were made on. */
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
