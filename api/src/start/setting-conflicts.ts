import { deadlineMs, silenceMs } from "../contract/deadline.ts";
import type { Config } from "./settings.ts";

/** Settings that are fine one by one and cannot work together, or not with a time that is not to be set. */
export function impossible(config: Config): string[] {
  const { acquireTimeoutMs, statementTimeoutMs, poolSize, maxInFlight, reusePort, port, noSample, sampleDate } = config;
  const errors: string[] = [];
  const answered = `every request is answered within ${deadlineMs} ms`;
  if (acquireTimeoutMs >= deadlineMs)
    errors.push(`--acquire-timeout-ms ${acquireTimeoutMs}: it must be less than ${deadlineMs}, because ${answered}.`);
  const longest = deadlineMs - silenceMs;
  if (statementTimeoutMs > longest)
    errors.push(
      `--statement-timeout-ms ${statementTimeoutMs}: it may be ${longest} at most, because ${answered}, and a silent server is given up ${silenceMs} ms after a statement's time.`,
    );
  if (config.database.engine === "mariadb" && poolSize > maxInFlight)
    errors.push(
      `--pool-size ${poolSize} with --max-in-flight ${maxInFlight}: connections beyond ${maxInFlight} would never be used; lower the one or raise the other.`,
    );
  if (noSample && sampleDate !== null)
    errors.push(`--sample-date ${sampleDate} with --no-sample: there is no company to date; leave one of them out.`);
  if (reusePort && port === 0)
    errors.push("--reuse-port with --port 0: a port that was free a moment ago is shared with nobody; name the port.");
  return errors;
}
