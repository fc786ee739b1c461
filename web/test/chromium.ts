import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** No browser can be had; the message says what to do. */
export class ChromiumError extends Error {
  override readonly name = "ChromiumError";
}

/** The same browser without what only a person's window needs: opening a page takes it a third less time. */
const shell = "chromium-headless-shell";
const names = [shell, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const macPrograms = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const missing =
  "Chromium is not installed: install it with `apt-get install chromium-headless-shell` (Debian) or `brew install --cask chromium` (macOS), or say where it is in CHROME_PATH.";

/** The browser's program on this machine, or null. */
export function findChromium(): string | null {
  const chosen = process.env.CHROME_PATH;
  if (chosen !== undefined && chosen !== "") return chosen;
  return [...names.flatMap(placesOf), ...macPrograms].find(isProgram) ?? null;
}

/** Where a program of this name would be. */
function placesOf(name: string): readonly string[] {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder || ".", name));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Makes sure that a browser is there: as root on Debian it installs one with apt, otherwise it throws one sentence. */
export function installChromium(progress: (line: string) => void = console.log): string {
  const found = findChromium();
  if (found !== null) return found;
  if (!canInstall()) throw new ChromiumError(missing);
  install(isOffered() ? shell : "chromium", progress);
  // What counts is that the program is there: apt also fails when some other package could not be configured.
  const installed = findChromium();
  if (installed === null) throw new ChromiumError(`apt-get could not install it. ${missing}`);
  return installed;
}

/** Installs the quicker browser where that is possible; if it is not, whatever browser is there does the same. */
export function preferShell(progress: (line: string) => void = console.log): void {
  const isChosen = (process.env.CHROME_PATH ?? "") !== "";
  const isThere = placesOf(shell).some(isProgram);
  if (!isChosen && !isThere && canInstall() && isOffered()) install(shell, progress);
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && apt("--version");
}

/** Whether this system's apt has the quicker browser. A new machine's apt has no list yet. */
function isOffered(): boolean {
  const isKnown = () => spawnSync("apt-cache", ["show", shell]).status === 0;
  return isKnown() || (findChromium() === null && apt("update", "-q") && isKnown());
}

function install(name: string, progress: (line: string) => void): void {
  progress(`Installing Debian's ${name} with apt-get, about half a minute ...`);
  apt("update", "-q");
  apt("install", "-y", "-q", "--no-install-recommends", name);
}

function apt(...args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const output = args[0] === "--version" ? "ignore" : "inherit";
  return spawnSync("apt-get", args, { stdio: ["ignore", output, output], env }).status === 0;
}
