import { usualConnections } from "../report/subjects.ts";
import type { Effort } from "../trial.ts";
import { wrk } from "./wrk.ts";

const warmRequests = 3000;
const mostWarmUps = 8;

/** Runs until the route is compiled, also on a busy machine: for a time and a number of requests. */
export async function warmUp({ warmUpSeconds }: Effort, url: string, requestFile: string): Promise<void> {
  let requests = 0;
  for (let run = 0; run < mostWarmUps && requests < warmRequests; run += 1)
    requests += (await wrk(url, requestFile, usualConnections, warmUpSeconds)).requests;
}
