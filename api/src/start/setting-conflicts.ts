import { deadlineMs } from "../http/load-limit.ts";
import type { Config } from "./config.ts";
import { silenceMs } from "./open-database.ts";

/** Settings that are fine one by one and cannot work together, or not with a time that is not to be set. */
export function impossible(config: Config): string[] {
  const { acquireTimeoutMs, statementTimeoutMs, poolSize, maxInFlight, reusePort, port, noSample, sampleDate } = config;
  const faults: string[] = [];
  const answered = `every request is answered within ${deadlineMs} ms`;
  if (acquireTimeoutMs >= deadlineMs)
    faults.push(`--acquire-timeout-ms ${acquireTimeoutMs}: it must be less than ${deadlineMs}, because ${answered}.`);
  const longest = deadlineMs - silenceMs;
  if (statementTimeoutMs > longest)
    faults.push(
      `--statement-timeout-ms ${statementTimeoutMs}: it may be ${longest} at most, because ${answered}, and a silent server is given up ${silenceMs} ms after a statement's time.`,
    );
  if (config.database.engine === "mariadb" && poolSize > maxInFlight)
    faults.push(
      `--pool-size ${poolSize} with --max-in-flight ${maxInFlight}: connections beyond ${maxInFlight} would never be used; lower the one or raise the other.`,
    );
  if (noSample && sampleDate !== null)
    faults.push(`--sample-date ${sampleDate} with --no-sample: there is no company to date; leave one of them out.`);
  if (reusePort && port === 0)
    faults.push("--reuse-port with --port 0: a port that was free a moment ago is shared with nobody; name the port.");
  return faults;
}
