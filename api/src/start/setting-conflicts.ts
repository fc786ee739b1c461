import { deadlineMs, silenceMs } from "../contract/deadline.ts";
import type { Config } from "./settings.ts";

/** Errors for settings that are valid by themselves but conflict with each other or with a fixed time limit. */
export function settingConflicts(config: Config): string[] {
  const { acquireTimeoutMs, statementTimeoutMs, poolSize, maxInFlight, reusePort, port, noSample, sampleDate } = config;
  const errors: string[] = [];
  const answered = `every request is answered within ${deadlineMs} ms`;
  if (acquireTimeoutMs >= deadlineMs)
    errors.push(`--acquire-timeout-ms ${acquireTimeoutMs}: must be less than ${deadlineMs}, because ${answered}.`);
  const longest = deadlineMs - silenceMs;
  if (statementTimeoutMs > longest)
    errors.push(
      `--statement-timeout-ms ${statementTimeoutMs}: must be ${longest} at most, because ${answered} and a silent ` +
        `server is given up ${silenceMs} ms after the statement timeout.`,
    );
  if (config.database.engine === "mariadb" && poolSize > maxInFlight)
    errors.push(
      `--pool-size ${poolSize} with --max-in-flight ${maxInFlight}: more than ${maxInFlight} connections would never ` +
        "be used; lower --pool-size or raise --max-in-flight.",
    );
  if (noSample && sampleDate !== null)
    errors.push(
      `--sample-date ${sampleDate} with --no-sample: there is no sample company to date; leave out one of the two.`,
    );
  if (config.anonymous !== null && config.anonymousNetworks.length === 0)
    errors.push(
      `--anonymous ${config.anonymous} without --anonymous-networks: name the networks whose clients need not sign in.`,
    );
  if (config.anonymous === null && config.anonymousNetworks.length > 0)
    errors.push(
      "--anonymous-networks without --anonymous: say as which role these clients may work, like --anonymous viewer.",
    );
  if (reusePort && port === 0)
    errors.push(
      "--reuse-port with --port 0: other processes cannot share a port that is picked at the start; choose a port.",
    );
  return errors;
}
