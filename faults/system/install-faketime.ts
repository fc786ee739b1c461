import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * The path of the library that gives a program a different clock, or null. As root on Debian, it is installed when
 * missing, as MariaDB is; elsewhere, install `faketime` yourself.
 */
export function installFaketime(say: (line: string) => void): string | null {
  const found = findFaketime();
  if (found !== null || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return found;
  say("libfaketime is missing: installing Debian's package with apt-get ...");
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = { stdio: "ignore", env: environment } as const;
  spawnSync("apt-get", ["update", "-q"], options);
  spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "libfaketime"], options);
  return findFaketime();
}

function findFaketime(): string | null {
  const folders = readdirSync("/usr/lib", { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join("/usr/lib", name, "faketime", "libfaketime.so.1"));
  const others = ["/usr/lib", "/usr/lib64", "/usr/local/lib"].map((place) => `${place}/faketime/libfaketime.so.1`);
  return [...folders, ...others].find((path) => existsSync(path)) ?? null;
}
