import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram, installPackages } from "sqlproof/private-mariadb";
import { Program } from "../program.ts";

const missing =
  "Caddy is not installed: install it with `apt-get install caddy` (Debian) or `brew install caddy` (macOS).";

/** Makes sure that Caddy is there: as root on Debian it installs it with apt, otherwise it throws one sentence. */
export function installCaddy(progress: (line: string) => void = console.log): string {
  const found = findProgram("caddy");
  if (found !== null) return found;
  if (process.getuid?.() !== 0 || findProgram("apt-get") === null) throw new Error(missing);
  progress("Caddy is missing: installing Debian's caddy with apt-get, about half a minute ...");
  installPackages("caddy");
  const installed = findProgram("caddy");
  if (installed === null) throw new Error(`apt-get could not install it. ${missing}`);
  progress("Caddy is installed.");
  return installed;
}

/** Caddy in front of the pages, with the configuration of the documentation and a certificate that it makes itself. */
export async function startCaddy(folder: string, site: string, pagesPort: number) {
  const places = { ORDERS_SITE: site, ORDERS_TLS: "tls internal", ORDERS_PAGES: `127.0.0.1:${pagesPort}` };
  const { program, storage } = await runCaddy(folder, "Caddyfile", places);
  await program.until(/certificate obtained successfully/);
  const authority = readFileSync(join(storage, "pki", "authorities", "local", "root.crt"), "utf8");
  return { authority, stop: () => program.signalGroup("SIGKILL"), ended: program.ended };
}

/** Caddy with a configuration of the documentation. */
export async function runCaddy(folder: string, file: string, environment: Readonly<Record<string, string>>) {
  const configuration = join(import.meta.dir, "..", "..", "docs", "caddy", file);
  const storage = join(folder, "caddy");
  mkdirSync(storage);
  const own = join(folder, "Caddyfile");
  // Nothing of it may last: neither a trusted root of this machine nor a port that belongs to others.
  const options = ["admin off", "skip_install_trust", "auto_https disable_redirects", `storage file_system ${storage}`];
  writeFileSync(own, `{\n${options.map((line) => `\t${line}\n`).join("")}}\n\nimport ${configuration}\n`);
  const home = { HOME: storage, XDG_DATA_HOME: storage, XDG_CONFIG_HOME: storage };
  const command = [installCaddy(), "run", "--config", own, "--adapter", "caddyfile"];
  // Caddy does not end with its input, as the other programs of a test do.
  const withInput = ["-c", '"$@" & cat; kill $!', "caddy", ...command];
  const program = new Program("sh", withInput, folder, { ...environment, ...home });
  await program.until(/serving initial configuration/);
  return { program, storage };
}
