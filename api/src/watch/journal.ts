import { fstatSync } from "node:fs";

const standardOutput = 1;

/**
 * Whether standard output goes to the journal of systemd, which then takes `<3>` at the beginning of a line for its
 * priority. systemd names the device and the inode of the stream, because a program may have been given another one.
 */
export function writesToJournal(environment: Readonly<Record<string, string | undefined>>): boolean {
  const { JOURNAL_STREAM: named } = environment;
  if (named === undefined || named === "") return false;
  try {
    const { dev, ino } = fstatSync(standardOutput);
    return named === `${dev}:${ino}`;
  } catch {
    // Standard output is closed.
    return false;
  }
}
