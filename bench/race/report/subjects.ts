import type { Route } from "../client/requests.ts";

/** Connections of the loads that are compared first of all, and of the open loop. */
export const usualConnections = 64;
/** A server that is asked as much as it can do has no honest latency. */
export const openLoopShare = 0.7;

// What is measured, in the words of results and table.
export const startSubject = "cold start to the first order";
export const atRestSubject = "at start";
export const buildSubject = "build from scratch";

export const statementSubject = "order by id, its statement alone";

export function loadSubject(route: Route, connections: number): string {
  return `${route}, ${connections} ${connections === 1 ? "connection" : "connections"}`;
}

export function openLoopSubject(route: Route): string {
  return `${route}, fixed rate, ${openLoopShare * 100}% of its peak`;
}

/** The rate is that of the slowest, so that nobody is asked more than it can do. */
export function sameRateSubject(route: Route): string {
  return `${route}, fixed rate, the same for all`;
}

export function idleSubject(count: number): string {
  return `${count.toLocaleString("en")} idle connections`;
}
