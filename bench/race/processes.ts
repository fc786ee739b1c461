import { readdirSync, readFileSync } from "node:fs";

// Figures of processes as Linux tells them in /proc.

/** The clock tick of /proc/PID/stat; 100 a second on every Linux that Bun runs on. */
const tickMs = 10;

/** The process and everything that it started. */
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
  // The list grows while it is walked.
  for (const one of tree) tree.push(...(children.get(one) ?? []));
  return tree;
}

/** User and system time so far of these processes, with what they have waited for. */
export function cpuMs(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    const stat = statOf(pid);
    if (stat !== null) for (const field of stat.slice(11, 15)) ticks += Number(field);
  }
  return ticks * tickMs;
}

/** The fields of /proc/PID/stat from the state on: what stands before may hold spaces. Null when it has ended. */
function statOf(pid: number): readonly string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    // It ended between two looks.
    return null;
  }
}

/**
 * Resident memory of a tree: what each process has for itself, and once the largest of what they share (the program's
 * text and its libraries). For one process that is its resident set. Proportional shares would flatter whoever runs the
 * same program as the one that measures.
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
