// What a start warns of: settings that work, but that an operator hardly wants once other machines are let in.
// docs/deploy.md has the whole list for a server, with what only the operator can know.
import { isLoopback } from "../../border.ts";
import type { Config } from "../settings.ts";
import { wayIn } from "../way-in.ts";
import type { Surroundings } from "./surroundings.ts";

/** Below this the next days' orders or a backup may not fit. */
const lowBytes = 1024 ** 3;

/** One sentence for each, with what to do; none for a server that only this machine reaches, but for its data. */
export function startWarnings(config: Config, surroundings: Surroundings): readonly string[] {
  const isPublic = wayIn(config) !== null;
  return [
    ...ofData(config, surroundings),
    ...(isPublic ? [...ofTheWayIn(config), ...ofOperation(config, surroundings)] : []),
  ];
}

function ofData({ database }: Config, { networkFileSystem, freeBytes }: Surroundings): readonly string[] {
  const warnings: string[] = [];
  if (database.engine === "sqlite" && networkFileSystem !== null)
    warnings.push(
      `${database.path} is on ${networkFileSystem}, where SQLite may lose data: move it to a disk of this machine.`,
    );
  if (freeBytes !== null && freeBytes < lowBytes)
    warnings.push(`only ${Math.floor(freeBytes / 1024 ** 2)} MB are free where the data are: make room.`);
  return warnings;
}

function ofTheWayIn({ host, publicUrl, trustedProxies }: Config): readonly string[] {
  const warnings: string[] = [];
  if (publicUrl?.protocol !== "https:")
    warnings.push(
      "passwords and sessions travel unencrypted: put a TLS proxy in front, and name its address with --public-url " +
        "https://NAME.",
    );
  else if (trustedProxies.length === 0)
    warnings.push(
      "all clients seem to have the proxy's address, so that failed sign-ins of one slow down all: name the proxy with " +
        "--trusted-proxies.",
    );
  if (trustedProxies.some((network) => /\/0$/.test(network)))
    warnings.push("--trusted-proxies believes everybody: name the addresses of the proxies only.");
  if (publicUrl !== null && !isLoopback(host) && trustedProxies.every(isLoopback))
    warnings.push(
      `--host ${host} also lets clients past the proxy: listen on 127.0.0.1 if the proxy is on this machine.`,
    );
  return warnings;
}

function ofOperation(config: Config, { isRoot, isPasswordVisible }: Surroundings): readonly string[] {
  const warnings: string[] = [];
  if (isRoot) warnings.push("it runs as root: run it as a user of its own, as the Debian package does.");
  if (isPasswordVisible)
    warnings.push(
      "other users of this machine see the database's password in the list of processes: give it with DATABASE_URL or " +
        "DATABASE_URL_FILE.",
    );
  if (config.backupEveryMs === null)
    warnings.push("it takes no backups: see --backup-every, or make sure that something else does.");
  return warnings;
}
