import { backupsIn, takenAtOf } from "./names.ts";

/** How many backups are kept: the last ones, and the last one of each of the last hours, days, weeks and months. */
export interface Retention {
  readonly last: number;
  readonly hourly: number;
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
}

/** `last`, `hourly` .. and how many of them. */
const rules = ["last", "hourly", "daily", "weekly", "monthly"] as const;

/** For messages. */
export const retentionExample = "hourly=24,daily=14,monthly=12";

/** Parses a list of rules like `hourly=24,daily=14,monthly=12`; null if it is none. */
export function parseRetention(text: string): Retention | null {
  const retention = { last: 0, hourly: 0, daily: 0, weekly: 0, monthly: 0 };
  const seen = new Set<string>();
  for (const part of text.split(",")) {
    const [, name, number] = /^([a-z]+)=([1-9]\d{0,3})$/.exec(part.trim()) ?? [];
    const rule = rules.find((one) => one === name);
    if (rule === undefined || seen.has(rule)) return null;
    seen.add(rule);
    retention[rule] = Number(number);
  }
  return retention;
}

const dayMs = 86_400_000;

/** What tells the periods of a rule apart, in UTC. Weeks begin on Monday. */
const periods: readonly (readonly [Exclude<keyof Retention, "last">, (at: Date) => string])[] = [
  ["hourly", (at) => at.toISOString().slice(0, 13)],
  ["daily", (at) => at.toISOString().slice(0, 10)],
  ["weekly", (at) => String(Math.floor((at.getTime() / dayMs + 3) / 7))],
  ["monthly", (at) => at.toISOString().slice(0, 7)],
];

/**
 * The names of the backups that no rule keeps any more, oldest first. Names of other files are never among them, and
 * the newest backup never is.
 */
export function expired(names: readonly string[], retention: Retention): readonly string[] {
  const backups = backupsIn(names)
    .map((name) => ({ name, takenAt: takenAtOf(name) ?? new Date(0) }))
    .reverse();
  const kept = new Set(backups.slice(0, Math.max(1, retention.last)).map(({ name }) => name));
  for (const [rule, periodOf] of periods) {
    const seen = new Set<string>();
    for (const { name, takenAt } of backups) {
      const period = periodOf(takenAt);
      if (seen.size >= retention[rule] || seen.has(period)) continue;
      seen.add(period);
      kept.add(name);
    }
  }
  return backups.flatMap(({ name }) => (kept.has(name) ? [] : [name])).reverse();
}
