import { readdirSync, readFileSync } from "node:fs";

// CPU time and memory of processes, from /proc.

/** The clock tick of /proc/PID/stat; 100 a second on every Linux that Bun runs on. */
const tickMs = 10;

/** The process and all its descendants. */
export function treeOf(pid: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(Number(name));
    if (stat === null) continue;
    const parent = Number(stat[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [pid];
  // The list grows during the iteration.
  for (const one of tree) tree.push(...(children.get(one) ?? []));
  return tree;
}

/** User and system time of these processes so far, with that of their ended children. */
export function cpuMs(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    const stat = statOf(pid);
    if (stat !== null) for (const field of stat.slice(11, 15)) ticks += Number(field);
  }
  return ticks * tickMs;
}

/** The fields of /proc/PID/stat from the state on, after the name, which may contain spaces. Null when it has ended. */
function statOf(pid: number): readonly string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    // The process has ended.
    return null;
  }
}

/**
 * Resident memory of a process tree: the private memory of each process, plus once the largest shared memory of any of
 * them (the program and its libraries). For one process that is its resident set. Proportional shares would favour a
 * contestant that runs the same program as the benchmark itself.
 */
export function residentBytes(pids: readonly number[]): number {
  let own = 0;
  let shared = 0;
  for (const pid of pids) {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(rollup)?.[1] ?? 0);
    own += kilobytes("Private_Clean") + kilobytes("Private_Dirty");
    shared = Math.max(shared, kilobytes("Shared_Clean") + kilobytes("Shared_Dirty"));
  }
  return (own + shared) * 1024;
}
