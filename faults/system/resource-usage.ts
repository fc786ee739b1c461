import { readFileSync } from "node:fs";

const established = "01";

/**
 * How many connections from these ports the server on a port still has open, according to the kernel; null where the
 * kernel does not say.
 */
export function openConnections(port: number, from: ReadonlySet<number>): number | null {
  const address = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  try {
    const lines = readFileSync("/proc/net/tcp", "utf8").trim().split("\n").slice(1);
    return lines.filter((line) => {
      const [, local = "", remote = "", state] = line.trim().split(/\s+/);
      const remotePort = Number.parseInt(remote.split(":")[1] ?? "", 16);
      return local.endsWith(address) && state === established && from.has(remotePort);
    }).length;
  } catch {
    return null;
  }
}

/** The resident memory of a process, in bytes. */
export function residentBytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

/** The CPU time that processes have used, in seconds. */
export function processorSeconds(pids: readonly number[]): number {
  const ticksPerSecond = 100;
  let ticks = 0;
  for (const pid of pids) {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / ticksPerSecond;
}
