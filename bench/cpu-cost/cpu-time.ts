import { readdirSync, readFileSync } from "node:fs";
import type { Running } from "../race/serve.ts";
import { type Asking, ask } from "./requests.ts";

/** The CPU time of the server's threads for these requests, in nanoseconds. */
export async function cpuOf(server: Running, what: Asking): Promise<number> {
  const before = workedNs(server.pids());
  await ask(server.port, what);
  return workedNs(server.pids()) - before;
}

function workedNs(pids: readonly number[]): number {
  const threads = pids.flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).map((id) => `/proc/${pid}/task/${id}/schedstat`),
  );
  return threads.reduce((sum, path) => sum + Number(readFileSync(path, "utf8").split(" ")[0]), 0);
}
