import type { Route } from "../client/requests.ts";

/** The number of connections of the main comparison and of the open loop. */
export const usualConnections = 64;
/** The share of its peak at which a contestant is measured: a saturated server has no meaningful latency. */
export const openLoopFraction = 0.7;

// The names of what is measured, as in the results and the table.
export const startSubject = "cold start to the first order";
export const atRestSubject = "at start";
export const buildSubject = "build from scratch";

export const statementSubject = "order by id, its statement alone";

export function loadSubject(route: Route, connections: number): string {
  return `${route}, ${connections} ${connections === 1 ? "connection" : "connections"}`;
}

export function openLoopSubject(route: Route): string {
  return `${route}, fixed rate, ${openLoopFraction * 100}% of its peak`;
}

/** The rate is derived from the slowest, so that every contestant can serve it. */
export function sameRateSubject(route: Route): string {
  return `${route}, fixed rate, the same for all`;
}

export function idleSubject(count: number): string {
  return `${count.toLocaleString("en")} idle connections`;
}
