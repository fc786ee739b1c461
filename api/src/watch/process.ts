import { readdir } from "node:fs/promises";
import { version } from "../../../package.json" with { type: "json" };
import type { MetricsPart } from "./metrics.ts";

const startedAt = Date.now() / 1000 - process.uptime();

/** The metrics of this process, with the names that all programs use. */
export function processMetrics(engine: string): MetricsPart {
  return async (to) => {
    to.add("gauge", "northwind_build_info", "Always 1; its labels say what runs.", [
      [{ version, bun: Bun.version, engine }, 1],
    ]);
    const { user, system } = process.cpuUsage();
    to.counter("process_cpu_seconds_total", "CPU time of this process and its threads.", (user + system) / 1e6);
    const { rss, heapUsed } = process.memoryUsage();
    to.gauge("process_resident_memory_bytes", "Memory of this process.", rss);
    to.gauge("northwind_heap_used_bytes", "Memory that objects of JavaScript take.", heapUsed);
    to.gauge("process_start_time_seconds", "When this process started, in seconds since 1970.", startedAt);
    to.gauge("process_open_fds", "Open files and connections.", await openFiles());
  };
}

/** Null where the system does not tell. */
async function openFiles(): Promise<number | null> {
  try {
    return (await readdir("/proc/self/fd")).length;
  } catch {
    return null;
  }
}

/** The age of the last good backup, if this process makes them; the line is left out until one was made. */
export function backupMetrics(lastBackupAt: () => number | null): MetricsPart {
  const help = "When the last good backup was made, in seconds since 1970.";
  return (to) => to.gauge("northwind_backup_last_success_timestamp_seconds", help, lastBackupAt());
}
