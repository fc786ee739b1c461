import type { Rows } from "./server-settings.ts";

/** The query for `unsafeSession`. */
export const sessionQuery =
  "SELECT @@SESSION.sql_mode, @@SESSION.innodb_snapshot_isolation, TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW())";

/** What is unsafe about the current session: a proxy in front of the server may have dropped some settings. */
export function unsafeSession([row]: Rows): string[] {
  const [mode, snapshots, shift] = (row ?? []).map(String);
  const between = "although this program sets it: connect directly and not through a proxy, or run";
  const problems: string[] = [];
  if (!/\bSTRICT_(ALL|TRANS)_TABLES\b/.test(mode ?? ""))
    problems.push(
      `The session has no strict mode, ${between} SET GLOBAL sql_mode = 'STRICT_ALL_TABLES'; ` +
        "Without it a value that does not fit is truncated silently.",
    );
  if (snapshots !== "1")
    problems.push(
      `innodb_snapshot_isolation is OFF in the session, ${between} SET GLOBAL innodb_snapshot_isolation = ON; ` +
        "Without it two users who change the same row overwrite each other unnoticed.",
    );
  if (Math.abs(Number(shift)) > 1)
    problems.push(
      `The session's time zone is not UTC, ${between} SET GLOBAL time_zone = '+00:00'; ` +
        "Without it stored times are shifted.",
    );
  return problems;
}
