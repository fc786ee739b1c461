import { text } from "../../database/store.ts";
import { isFinalRefusal, type Outcome } from "../../load/journal.ts";
import type { Check, Finding } from "../finding.ts";
import { tables } from "../table.ts";
import { carriesKey, described, type Write, writesOf } from "../writes.ts";

/** V3: a write of unknown outcome is stored once or not at all, and its key gets the same answer every time. */
export const unknown: Check = async ({ stores, journal }) => {
  const findings: Finding[] = [];
  const say = (words: string) => findings.push({ invariant: "V3", harm: "twice", words });
  const writes = writesOf(journal);
  for (const table of tables) {
    const births = await stores[0].rows(`SELECT ${table.createKey} AS createKey FROM ${table.name}`);
    const counts = Map.groupBy(births, ({ createKey }) => text(createKey));
    for (const write of writes) {
      if (write.table !== table || write.outcome.kind !== "unknown" || !carriesKey(write)) continue;
      const count = counts.get(write.key)?.length ?? 0;
      if (count > 1) say(`${described(write)} got no answer, and is there ${count} times.`);
    }
  }
  for (const write of writes) {
    const words = differingAnswers(write);
    if (words !== null) say(`${described(write)}: ${words}`);
  }
  return findings;
};

function differingAnswers({ entry, key }: Write): string | null {
  if (key === "") return null;
  const answers = entry.attempts.map(({ outcome }) => outcome).filter(isAnswer);
  const [first, ...others] = answers.map(essence);
  const other = others.find((answer) => answer !== first);
  return other === undefined ? null : `the same key was answered ${first} and then ${other}`;
}

/** An answer to the request itself, not a temporary refusal. */
function isAnswer(outcome: Outcome): boolean {
  return outcome.kind === "acknowledged" || isFinalRefusal(outcome);
}

/** A refusal contains its request id, which differs between attempts; its code must be the same. */
function essence(outcome: Outcome): string {
  if (outcome.kind === "acknowledged") return `${outcome.status} ${outcome.etag ?? ""} ${outcome.body}`;
  return outcome.kind === "refused" ? `${outcome.status} ${outcome.code}` : "";
}
