import type { Check, Finding } from "../finding.ts";

/** A statement, or the part of one that an engine repeats in an error. */
const sqlText =
  /\b(SELECT\s+[^"]{0,300}?\sFROM\s|INSERT\s+INTO\s+\w|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s+\w|near '|sql:\s|parameters:\s?\[)/;

/** V13: the log contains no password, no idempotency key, no statement and nothing that a client stored. */
export const noSecrets: Check = async ({ journal, log, secrets }) => {
  const findings: Finding[] = [];
  const say = (line: string, what: string) =>
    findings.push({ invariant: "V13", words: `The log contains ${what}: ${line.slice(0, 200)}` });
  const keys = new Set(journal.flatMap(({ key }) => (key === null ? [] : [key])));
  for (const line of log.split("\n")) {
    for (const secret of secrets) if (secret !== "" && line.includes(secret)) say("(line left out)", "a password");
    const words = line.match(/[0-9a-z]+\.[0-9a-z]+-[0-9]+-[a-z]?[0-9]+/g) ?? [];
    if (words.some((word) => keys.has(word))) say(line, "an idempotency key or what a client stored");
    if (sqlText.test(line)) say(line, "SQL");
  }
  return findings;
};
