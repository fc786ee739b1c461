import { availableParallelism } from "node:os";
import { openLoop } from "./client/open-loop.ts";
import type { Route } from "./client/requests.ts";
import { warmUp } from "./client/warm-up.ts";
import { wrk } from "./client/wrk.ts";
import { type Contestant, noPeers, ours } from "./contestant.ts";
import type { Stage } from "./databases.ts";
import { openLoopShare, openLoopSubject, sameRateSubject, usualConnections } from "./report/subjects.ts";
import { type Running, serve } from "./serve.ts";
import { type Effort, record, type Trial } from "./trial.ts";

/**
 * Latency in an open loop, twice: at so much of its own peak, which asks each for as much work as it says it can do, and
 * at one rate for all, which is what a user of either would see on the same day.
 */
export async function measureLatency(trial: Trial, running: Running, route: Route): Promise<void> {
  const { effort, requestFile, sameRate } = trial;
  // The peak of just now: the machine may have had more or less time for an earlier one.
  const peak = await wrk(running.url, requestFile(route), usualConnections, effort.seconds);
  await measureAt(trial, running, route, openLoopSubject(route), peak.perSecond * openLoopShare);
  if (sameRate !== null) await measureAt(trial, running, route, sameRateSubject(route), sameRate);
}

async function measureAt(trial: Trial, running: Running, route: Route, subject: string, perSecond: number) {
  const { requestFile, contestant, samples } = trial;
  const { seconds, warmUpSeconds } = trial.effort;
  const wish = { port: running.port, requestFile: requestFile(route), connections: usualConnections };
  const found = await openLoop({ ...wish, perSecond, seconds, warmUpSeconds });
  if (found.failures > 0) {
    samples.note({ contestant: contestant.name, subject, round: trial.round, perSecond, ...found });
    trial.tell(`  ${contestant.name}: ${subject}: ${found.failures} requests had no good answer: not counted`);
    return;
  }
  record(trial, subject, "per_second", perSecond);
  record(trial, subject, "p50_ms", found.p50Ms);
  record(trial, subject, "p99_ms", found.p99Ms);
  record(trial, subject, "p999_ms", found.p999Ms);
}

/** So much of the peak of the slowest peer, measured once before the rounds; null when no peer takes part. */
export async function sameRateFor(
  taking: readonly Contestant[],
  stage: Stage,
  effort: Effort,
  requestFile: string,
): Promise<number | null> {
  const peaks: number[] = [];
  for (const peer of taking.filter(({ name }) => name !== ours && !noPeers.includes(name))) {
    const place = { databaseUrl: stage.urlFor(peer), poolSize: effort.poolSize, cpus: availableParallelism() };
    const running = await serve(peer, place);
    try {
      await warmUp(effort, running.url, requestFile);
      peaks.push((await wrk(running.url, requestFile, usualConnections, effort.seconds)).perSecond);
    } finally {
      await running.stop();
    }
  }
  return peaks.length === 0 ? null : Math.min(...peaks) * openLoopShare;
}
