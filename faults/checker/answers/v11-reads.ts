import { integer, text } from "../../database/store.ts";
import type { Entry } from "../../load/journal.ts";
import type { Check, Finding } from "../finding.ts";
import { differences } from "../history/v07-audit.ts";
import { resourceOf, tables } from "../table.ts";
import { answersOf, nameOf, type Observation, writesOf } from "../writes.ts";

/** V11: no answer shows a state that later vanishes, and a session reads its own writes. */
export const reads: Check = async ({ stores, journal }) => {
  const findings: Finding[] = [];
  const say = (words: string) => findings.push({ invariant: "V11", words });
  const answers = answersOf(journal);
  const writes = writesOf(journal);
  const deletes = new Set(writes.flatMap((write) => (write.action === "delete" ? [nameOf(write)] : [])));
  for (const table of tables) {
    const rows = new Map((await stores[0].rows(`SELECT * FROM ${table.name}`)).map((row) => [integer(row.id), row]));
    for (const seen of answers) {
      if (seen.table !== table || seen.entry.method === "DELETE") continue;
      const row = rows.get(seen.id);
      const what = `Entry ${seen.entry.number} saw ${nameOf(seen)} at version ${seen.version}`;
      if (row === undefined) {
        if (!deletes.has(nameOf(seen))) say(`${what}, which is gone, and nobody deleted it.`);
      } else if (integer(row.version) < seen.version) say(`${what}, and it is at ${text(row.version)} now.`);
      else if (integer(row.version) === seen.version)
        for (const words of differences(seen.data, row)) say(`${what}: ${words}`);
    }
  }
  for (const same of Map.groupBy(answers, (seen) => `${nameOf(seen)} ${seen.version}`).values())
    for (const words of differingStates(same)) say(words);
  for (const words of unreadWrites(answers)) say(words);
  for (const words of missedReads(journal, answers, deletes)) say(words);
  return findings;
};

/** One version is one state: two answers with the same version agree in every field they share. */
function differingStates([first, ...others]: readonly Observation[]): readonly string[] {
  if (first === undefined) return [];
  return others.flatMap((other) =>
    [...other.data].flatMap(([field, value]) => {
      if (!first.data.has(field) || JSON.stringify(first.data.get(field)) === JSON.stringify(value)) return [];
      const entries = `entry ${first.entry.number} and ${other.entry.number}`;
      return [`${nameOf(first)} version ${first.version}: ${entries} differ in ${field}.`];
    }),
  );
}

/** After an acknowledged write, a session reads that version or a later one. */
function unreadWrites(answers: readonly Observation[]): readonly string[] {
  const found: string[] = [];
  const written = new Map<string, Observation>();
  for (const seen of answers) {
    const name = `${seen.entry.session} ${nameOf(seen)}`;
    const mine = written.get(name);
    const isRead = seen.entry.method === "GET";
    if (isRead && mine !== undefined && mine.endedAt < seen.startedAt && seen.version < mine.version)
      found.push(
        `Session ${seen.entry.session} wrote version ${mine.version} of ${nameOf(seen)} and then read ${seen.version}.`,
      );
    if (!isRead && (mine === undefined || seen.version > mine.version)) written.set(name, seen);
  }
  return found;
}

/** A resource that was shown, and that nobody asked to delete, is never answered as missing. */
function missedReads(
  journal: readonly Entry[],
  answers: readonly Observation[],
  deletes: ReadonlySet<string>,
): readonly string[] {
  const firstShown = new Map<string, Observation>();
  for (const seen of answers) if (!firstShown.has(nameOf(seen))) firstShown.set(nameOf(seen), seen);
  return journal.flatMap(({ path, number, attempts }) => {
    const resource = resourceOf(path);
    if (resource === null || resource.id === null || deletes.has(nameOf(resource))) return [];
    const shown = firstShown.get(nameOf(resource));
    const missed = attempts.some(
      ({ outcome, startedAt }) =>
        outcome.kind === "refused" && outcome.status === 404 && shown !== undefined && shown.endedAt < startedAt,
    );
    return missed ? [`Entry ${number} got 404 for ${nameOf(resource)}, after an answer had shown it.`] : [];
  });
}
