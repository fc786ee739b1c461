import type { Route } from "../client/requests.ts";
import { bare, ours, oursOnSqlite } from "../contestant.ts";
import type { Figure, Samples } from "./sample.ts";
import { idleSubject, loadSubject, openLoopSubject, startSubject, usualConnections } from "./subjects.ts";

/** What was promised before it was measured. */
export interface Target {
  readonly subject: string;
  readonly figure: Figure;
  readonly who: string;
  /** The contestant to compare with; null when `bound` is an absolute figure. */
  readonly against: string | null;
  /** How many times better at least; without `against`, the highest allowed value. */
  readonly bound: number;
}

const at64 = (route: Route) => loadSubject(route, usualConnections);
const faster = (route: Route, against: string, bound: number): Target => ({
  ...{ subject: at64(route), figure: "per_second", who: ours, against, bound },
});

export const targets: readonly Target[] = [
  faster("order by id", "rocket", 3),
  { subject: openLoopSubject("order by id"), figure: "p99_ms", who: ours, against: "rocket", bound: 1 },
  faster("newest 50 orders", "rocket", 1.5),
  faster("create an order", "rocket", 1.5),
  faster("update an order", "rocket", 1.5),
  faster("90% reads, 10% writes", "rocket", 2),
  faster("order by id", "express", 5),
  faster("newest 50 orders", "express", 5),
  faster("orders of a customer", "express", 5),
  { subject: startSubject, figure: "start_ms", who: ours, against: "rocket", bound: 1 },
  { subject: idleSubject(1000), figure: "per_thousand_mb", who: ours, against: "rocket", bound: 1 },
  { subject: idleSubject(1000), figure: "resident_mb", who: ours, against: null, bound: 64 },
  { subject: at64("order by id"), figure: "per_second", who: oursOnSqlite, against: bare, bound: 0.8 },
];

/** The measured value of a target, and whether the target is met; null when it was not measured. */
export function judge({ subject, figure, who, against, bound }: Target, samples: Samples) {
  const spread = against === null ? samples.spread(who, subject, figure) : samples.ratio(who, against, subject, figure);
  if (spread === null) return null;
  const value = spread.median;
  return { value, isMet: against === null ? value <= bound : value >= bound };
}

/** The target of one cell of the table. */
export function targetOf(subject: string, figure: Figure, who: string, against: string | null): Target | undefined {
  return targets.find(
    (one) => one.subject === subject && one.figure === figure && one.who === who && one.against === against,
  );
}
