import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** No browser can be had; the message says what to do. */
export class ChromiumError extends Error {
  override readonly name = "ChromiumError";
}

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const macPrograms = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const missing =
  "Chromium is not installed: install it with `apt-get install chromium` (Debian) or `brew install --cask chromium` (macOS), or say where it is in CHROME_PATH.";

/** The browser's program on this machine, or null. */
export function findChromium(): string | null {
  const chosen = process.env.CHROME_PATH;
  if (chosen !== undefined && chosen !== "") return chosen;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const programs = names.flatMap((name) => folders.map((folder) => join(folder || ".", name)));
  return [...programs, ...macPrograms].find(isProgram) ?? null;
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
  const hasApt = spawnSync("apt-get", ["--version"]).status === 0;
  if (process.getuid?.() !== 0 || !hasApt) throw new ChromiumError(missing);
  progress("Chromium is missing: installing Debian's chromium with apt-get, about half a minute ...");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]) => spawnSync("apt-get", args, { stdio: ["ignore", "inherit", "inherit"], env });
  apt("update", "-q");
  apt("install", "-y", "-q", "--no-install-recommends", "chromium");
  // What counts is that the program is there: apt also fails when some other package could not be configured.
  const installed = findChromium();
  if (installed === null) throw new ChromiumError(`apt-get could not install it. ${missing}`);
  progress("Chromium is installed.");
  return installed;
}
