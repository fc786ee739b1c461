import { availableParallelism } from "node:os";
import { openLoop } from "./client/open-loop.ts";
import type { Route } from "./client/requests.ts";
import { warmUp } from "./client/warm-up.ts";
import { wrk } from "./client/wrk.ts";
import { type Contestant, noPeers, ours } from "./contestant.ts";
import type { RaceDatabases } from "./databases.ts";
import { openLoopFraction, openLoopSubject, sameRateSubject, usualConnections } from "./report/subjects.ts";
import { type Running, serve } from "./serve.ts";
import { type Effort, record, type Trial } from "./trial.ts";

/**
 * Measures the latency in an open loop, twice: at a share of the contestant's own peak, which demands of each what it
 * can do, and at the same rate for all, which is what the users of each would experience.
 */
export async function measureLatency(trial: Trial, running: Running, route: Route): Promise<void> {
  const { effort, requestFile, sameRate } = trial;
  // A fresh peak: the machine may have been more or less busy during an earlier one.
  const peak = await wrk(running.url, requestFile(route), usualConnections, effort.seconds);
  await measureAt(trial, running, route, openLoopSubject(route), peak.perSecond * openLoopFraction);
  if (sameRate !== null) await measureAt(trial, running, route, sameRateSubject(route), sameRate);
}

async function measureAt(trial: Trial, running: Running, route: Route, subject: string, perSecond: number) {
  const { requestFile, contestant, samples } = trial;
  const { seconds, warmUpSeconds } = trial.effort;
  const options = { port: running.port, requestFile: requestFile(route), connections: usualConnections };
  const found = await openLoop({ ...options, perSecond, seconds, warmUpSeconds });
  if (found.failures > 0) {
    samples.note({ contestant: contestant.name, subject, round: trial.round, perSecond, ...found });
    trial.log(`  ${contestant.name}: ${subject}: ${found.failures} requests had no good answer: not counted`);
    return;
  }
  record(trial, subject, "per_second", perSecond);
  record(trial, subject, "p50_ms", found.p50Ms);
  record(trial, subject, "p99_ms", found.p99Ms);
  record(trial, subject, "p999_ms", found.p999Ms);
}

/** A share of the peak of the slowest peer, measured once before the rounds; null when no peer takes part. */
export async function sameRateFor(
  participants: readonly Contestant[],
  databases: RaceDatabases,
  effort: Effort,
  requestFile: string,
): Promise<number | null> {
  const peaks: number[] = [];
  for (const peer of participants.filter(({ name }) => name !== ours && !noPeers.includes(name))) {
    const place = { databaseUrl: databases.urlFor(peer), poolSize: effort.poolSize, cpus: availableParallelism() };
    const running = await serve(peer, place);
    try {
      await warmUp(effort, running.url, requestFile);
      peaks.push((await wrk(running.url, requestFile, usualConnections, effort.seconds)).perSecond);
    } finally {
      await running.stop();
    }
  }
  return peaks.length === 0 ? null : Math.min(...peaks) * openLoopFraction;
}
