import { backupConflicts } from "../backup/settings.ts";
import { deadlineMs, silenceMs } from "../contract/deadline.ts";
import type { Config } from "./settings.ts";

/** Errors for settings that are valid by themselves but conflict with each other or with a fixed time limit. */
export function settingConflicts(config: Config): string[] {
  const { acquireTimeoutMs, statementTimeoutMs, poolSize, maxInFlight, reusePort, port, noSample, sampleDate } = config;
  const errors: string[] = [...backupConflicts(config)];
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
  return [...errors, ...signOnConflicts(config), ...mailConflicts(config)];
}

function signOnConflicts({ oidcIssuer, oidcClientId, oidcClientSecret, oidcRolesClaim, publicUrl }: Config): string[] {
  const errors: string[] = [];
  if (oidcIssuer === null) {
    const without = "with which provider nobody knows; name it with --oidc-issuer, or leave this out.";
    if (oidcClientId !== null) errors.push(`--oidc-client-id ${oidcClientId}: ${without}`);
    if (oidcRolesClaim !== null) errors.push(`--oidc-roles-claim ${oidcRolesClaim}: ${without}`);
    if (oidcClientSecret !== null) errors.push(`OIDC_CLIENT_SECRET: ${without}`);
    return errors;
  }
  if (oidcClientId === null)
    errors.push(`--oidc-issuer ${oidcIssuer.href}: name this program at the provider with --oidc-client-id.`);
  if (publicUrl === null)
    errors.push(
      `--oidc-issuer ${oidcIssuer.href}: say with --public-url where the provider leads browsers back to, like ` +
        "https://orders.example, or http://localhost:3000 on this machine.",
    );
  return errors;
}

function mailConflicts({ smtpUrl, mailFrom, publicUrl }: Config): string[] {
  const errors: string[] = [];
  if (smtpUrl === null && mailFrom !== null)
    errors.push(`--mail-from ${mailFrom}: no mail is sent without a mail server; name it with --smtp-url.`);
  if (smtpUrl !== null && mailFrom === null)
    errors.push("--smtp-url: say with --mail-from who sends the mails, like orders@example.com.");
  if (smtpUrl !== null && publicUrl === null)
    errors.push("--smtp-url: say with --public-url where the links in the mails lead to, like https://orders.example.");
  return errors;
}
