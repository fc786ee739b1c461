import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, unlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The private server cannot run; the message says what to do. */
export class PrivateMariadbError extends Error {
  override readonly name = "PrivateMariadbError";
}

/** The paths of the two programs that a private server needs. */
export interface MariadbPrograms {
  readonly server: string;
  readonly installDb: string;
}

/** Finds the server's programs on this machine, or returns null. */
export function findMariadb(): MariadbPrograms | null {
  const server = findProgram("mariadbd");
  const installDb = findProgram("mariadb-install-db");
  return server === null || installDb === null ? null : { server, installDb };
}

/** Where programs are, whatever the PATH is: the sbin folders are missing from an ordinary user's on Debian. */
const usualFolders = ["/usr/sbin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

/** The PATH for a script of MariaDB, which calls the system's own tools. */
export function completePath(): string {
  return [process.env.PATH ?? "", ...usualFolders].join(delimiter);
}

/** The path of a program on this machine, or null. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...usualFolders];
  for (const folder of folders) {
    const path = join(folder || ".", name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Try the next folder.
    }
  }
  return null;
}

/** The message for machines without MariaDB. */
export function missingMariadb(): string {
  return "MariaDB is not installed: install it with `apt-get install mariadb-server` (Debian, Ubuntu) or `brew install mariadb` (macOS).";
}

const galeraPlaces = [
  "/usr/lib/galera/libgalera_smm.so",
  "/usr/lib64/galera-4/libgalera_smm.so",
  "/usr/lib64/galera/libgalera_smm.so",
  "/usr/local/lib/galera/libgalera_smm.so",
];

/** The Galera library, or null when it is missing, or rsync, with which one node copies another. */
export function findGalera(): string | null {
  return findProgram("rsync") === null ? null : (galeraPlaces.find((path) => existsSync(path)) ?? null);
}

/** The message for machines without Galera. */
export function missingGalera(): string {
  return "A cluster needs Galera and rsync: install them with `apt-get install galera-4 rsync` (Debian, Ubuntu).";
}

/** Installs what a private cluster needs, as `installMariadb` does for one server. */
export function installGalera(progress: (line: string) => void = console.log): MariadbPrograms {
  const programs = installMariadb(progress);
  if (findGalera() !== null) return programs;
  if (process.getuid?.() !== 0 || findProgram("apt-get") === null) throw new PrivateMariadbError(missingGalera());
  progress("Galera or rsync is missing: installing Debian's galera-4 and rsync with apt-get ...");
  installPackages("galera-4", "rsync");
  if (findGalera() === null) throw new PrivateMariadbError(`apt-get could not install it. ${missingGalera()}`);
  return programs;
}

/**
 * Makes sure that MariaDB's programs exist. As root on Debian it installs them with apt, without starting the system's
 * service; otherwise it throws with one sentence that says how to install them.
 */
export function installMariadb(progress: (line: string) => void = console.log): MariadbPrograms {
  const found = findMariadb();
  if (found !== null) return found;
  if (process.getuid?.() !== 0 || findProgram("apt-get") === null) throw new PrivateMariadbError(missingMariadb());
  progress("MariaDB is missing: installing Debian's mariadb-server with apt-get, about a minute ...");
  installPackages("mariadb-server");
  // Only the programs matter: apt also fails when some other package could not be configured.
  const installed = findMariadb();
  if (installed === null) throw new PrivateMariadbError(`apt-get could not install it. ${missingMariadb()}`);
  progress("MariaDB is installed.");
  return installed;
}

/** Installs packages of Debian with apt, without starting their services. Whether that worked is for the caller to see. */
export function installPackages(...names: string[]): void {
  withoutServiceStart(() => {
    apt(["update", "-q"]);
    apt(["install", "-y", "-q", "--no-install-recommends", ...names]);
  });
}

function apt(args: string[]): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  spawnSync("apt-get", args, { stdio: ["ignore", "inherit", "inherit"], env: environment });
}

/** Debian starts a service on installation unless this policy forbids it. */
function withoutServiceStart(work: () => void): void {
  const policy = "/usr/sbin/policy-rc.d";
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    work();
  } finally {
    if (ours) unlinkSync(policy);
  }
}
