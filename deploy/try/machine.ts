// Debian of one's own to try packages on: a root folder made by debootstrap, which podman boots with systemd, without
// any network, or on which it builds the image. Nothing of this machine is changed but a folder of caches.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findProgram, installPackages } from "sqlproof/private-mariadb";
import { root, run } from "../layout.ts";

const cache = join(root, ".cache", "deploy");
const suite = "bookworm";

/** What has been run, and how it ended. */
export interface Result {
  readonly code: number;
  readonly output: string;
}

/** Makes sure that the programs are there, which only root on Debian can install. */
export function installPodman(): void {
  const missing = ["podman", "runc", "debootstrap"].filter((name) => findProgram(name) === null);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || findProgram("apt-get") === null)
    throw new Error(`To try packages, install ${missing.join(", ")}, and run this as root.`);
  installPackages(...missing);
}

/** Runs podman with its images in a folder of ours. */
export function podman(...args: readonly string[]): Result {
  mkdirSync(cache, { recursive: true });
  const where = ["--root", join(cache, "podman"), "--runroot", join(cache, "podman-run"), "--storage-driver", "vfs"];
  const options = [...where, "--cgroup-manager", "cgroupfs", "--runtime", "runc"];
  const { exitCode, stdout, stderr } = Bun.spawnSync(["podman", ...options, ...args]);
  return { code: exitCode, output: `${stdout}${stderr}` };
}

/** The same, and its output, or an error. */
export function podmanOutput(...args: readonly string[]): string {
  const { code, output } = podman(...args);
  if (code !== 0) throw new Error(`podman ${args.join(" ")} ended with ${code}:\n${output}`);
  return output.trim();
}

/** Limits that this process could not raise, podman could not either. */
export function limits(): readonly string[] {
  const own = readFileSync("/proc/self/limits", "utf8");
  const hard = (name: string) => Number(new RegExp(`^Max ${name} +\\S+ +(\\d+)`, "m").exec(own)?.[1] ?? 16_384);
  const [files, processes] = ["open files", "processes"].map((name) => Math.min(16_384, hard(name)));
  return ["--ulimit", `nofile=${files}:${files}`, "--ulimit", `nproc=${processes}:${processes}`];
}

/** An image of a small Debian, with more packages if they are named. Made once. */
export function debianImage(name: string, packages: readonly string[], command: readonly string[] = []): string {
  const image = `localhost/${name}`;
  if (podman("image", "exists", image).code === 0) return image;
  const folder = join(cache, `${name}-root`);
  rmSync(folder, { recursive: true, force: true });
  const include = packages.length > 0 ? [`--include=${packages.join(",")}`] : [];
  run("debootstrap", ["--variant=minbase", ...include, suite, folder]);
  const archive = join(cache, `${name}.tar`);
  run("tar", ["--create", `--file=${archive}`, `--directory=${folder}`, "."]);
  const change = command.length > 0 ? ["--change", `CMD ${JSON.stringify(command)}`] : [];
  podmanOutput("import", ...change, archive, image);
  rmSync(folder, { recursive: true });
  rmSync(archive);
  return image;
}

/** A booted Debian without a network. */
export class Machine {
  private constructor(readonly name: string) {}

  static async boot(name: string): Promise<Machine> {
    const packages = ["systemd", "systemd-sysv", "dbus", "curl", "procps"];
    const image = debianImage("debian-systemd", packages, ["/sbin/init"]);
    podman("rm", "--force", name);
    const apart = ["--network", "none", "--systemd", "always", "--privileged"];
    podmanOutput("run", "--detach", "--name", name, ...apart, ...limits(), image);
    const machine = new Machine(name);
    await until("systemd runs", () => /running|degraded/.test(machine.run("systemctl is-system-running").output));
    return machine;
  }

  /** Runs a line of shell as root. */
  run(line: string): Result {
    return podman("exec", this.name, "sh", "-c", line);
  }

  copyIn(file: string, to: string): void {
    podmanOutput("cp", file, `${this.name}:${to}`);
  }

  remove(): void {
    podman("rm", "--force", "--time", "0", this.name);
  }
}

/** Waits until something holds, for a minute at most. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const limit = performance.now() + 60_000;
  while (!holds()) {
    if (performance.now() > limit) throw new Error(`It did not happen within a minute: ${what}.`);
    await Bun.sleep(200);
  }
}
