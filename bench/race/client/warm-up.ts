import { usualConnections } from "../report/subjects.ts";
import type { Effort } from "../run-trial.ts";
import { wrk } from "./wrk.ts";

const warmRequests = 3000;
const mostWarmUps = 8;

/** Until the route is compiled, also where the machine has little time: by seconds, and by requests. */
export async function warmUp({ warmUpSeconds }: Effort, url: string, requestFile: string): Promise<void> {
  let requests = 0;
  for (let turns = 0; turns < mostWarmUps && requests < warmRequests; turns += 1)
    requests += (await wrk(url, requestFile, usualConnections, warmUpSeconds)).requests;
}
