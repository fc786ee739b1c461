import { usualConnections } from "../report/subjects.ts";
import type { Effort } from "../trial.ts";
import { wrk } from "./wrk.ts";

const warmRequests = 3000;
const mostWarmUps = 8;

/** Until the route is compiled, also where the machine has little time: by seconds, and by requests. */
export async function warmUp({ warmUpSeconds }: Effort, url: string, requestFile: string): Promise<void> {
  let requests = 0;
  for (let run = 0; run < mostWarmUps && requests < warmRequests; run += 1)
    requests += (await wrk(url, requestFile, usualConnections, warmUpSeconds)).requests;
}
