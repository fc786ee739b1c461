import { type Cells, integer, units } from "../../database/store.ts";
import type { Check, Evidence, Finding } from "../finding.ts";
import { tables } from "../table.ts";
import { answersOf, described, nameOf, type Observation, versionOf, type Write, writesOf } from "../writes.ts";

/** V8: versions only rise, and no update is lost: increments acknowledged = increments seen. */
export const versions: Check = async (evidence) => {
  const words: string[] = [];
  const counts: Miscount[] = [];
  const writes = Map.groupBy(writesOf(evidence.journal), nameOf);
  for (const table of tables) {
    for (const row of await evidence.stores[0].rows(`SELECT * FROM ${table.name}`)) {
      const mine = writes.get(`${table.name}/${integer(row.id)}`);
      if (mine !== undefined) counts.push(...againstRow(mine, row), ...againstCounter(mine, row));
    }
  }
  for (const mine of writes.values()) words.push(...eachItsOwn(mine));
  words.push(...neverBack(evidence));
  return [
    ...counts.map((miscount): Finding => ({ invariant: "V8", ...miscount })),
    ...words.map((fault): Finding => ({ invariant: "V8", words: fault })),
  ];
};

interface Miscount {
  readonly harm: "lost" | "twice";
  readonly words: string;
}

/** A row created by the load starts at version 0, and each update that was carried out adds one. */
function againstRow(writes: readonly Write[], row: Cells): readonly Miscount[] {
  const [first] = writes;
  const created = writes.find(({ action }) => action === "create");
  // Goods that come in change orders that wait for them, whoever brings the goods.
  if (first === undefined || created === undefined || created.entry.intent === "trade") return [];
  const updates = writes.filter(({ action }) => action === "update");
  const least = updates.filter(({ outcome }) => outcome.kind === "acknowledged").length;
  const most = least + updates.filter(({ outcome }) => outcome.kind === "unknown").length;
  const version = integer(row.version);
  if (version >= least && version <= most) return [];
  const known = `${least} updates were acknowledged and ${most - least} are unknown`;
  const words = `${nameOf(first)} is at version ${version}; ${known}.`;
  return [{ harm: version < least ? "lost" : "twice", words }];
}

/** The shipping fee of a shared order is the number of its increments. */
function againstCounter(writes: readonly Write[], row: Cells): readonly Miscount[] {
  const increments = writes.filter(({ entry }) => entry.intent === "increment");
  const [first] = increments;
  if (first === undefined || !writes.some(({ action }) => action === "create")) return [];
  const least = BigInt(increments.filter(({ outcome }) => outcome.kind === "acknowledged").length);
  const most = least + BigInt(increments.filter(({ outcome }) => outcome.kind === "unknown").length);
  const count = units(row.shipping_fee) / 10_000n;
  if (count >= least && count <= most) return [];
  const known = `${least} increments were acknowledged and ${most - least} are unknown`;
  const words = `${nameOf(first)} counts ${count}; ${known}.`;
  return [{ harm: count < least ? "lost" : "twice", words }];
}

/** No two writes result in the same version, and a conditional write results in the version after its If-Match. */
function eachItsOwn(writes: readonly Write[]): readonly string[] {
  const found: string[] = [];
  const owners = new Map<number, Write>();
  for (const write of writes) {
    if (write.outcome.kind !== "acknowledged" || write.version === null) continue;
    const owner = owners.get(write.version);
    if (owner !== undefined)
      found.push(`${described(write)} and ${owner.key} both left version ${write.version} of ${nameOf(write)}.`);
    owners.set(write.version, write);
    const named = versionOf(write.entry.ifMatch);
    if (named !== null && write.version !== named + 1)
      found.push(`${described(write)} was for version ${named} and left ${write.version}.`);
  }
  return found;
}

/**
 * A request sent after another was answered never gets an older version: on one server across all clients, and on a
 * cluster, where a read may go to any node, within each session. Replayed answers do not count.
 */
function neverBack({ journal, stores }: Evidence): readonly string[] {
  const found: string[] = [];
  const perSession = stores.length > 1;
  const groups = Map.groupBy(
    answersOf(journal).filter(({ isReplay }) => !isReplay),
    (seen) => `${nameOf(seen)}${perSession ? ` ${seen.entry.session}` : ""}`,
  );
  for (const seen of groups.values()) {
    const highest = runningHighest(seen);
    for (const { startedAt, version, entry, id, table } of seen) {
      const before = highestBefore(seen, highest, startedAt);
      if (before !== null && before.version > version)
        found.push(
          `Entry ${entry.number} was answered version ${version} of ${nameOf({ table, id })} after entry ` +
            `${before.entry.number} had been answered ${before.version}.`,
        );
    }
  }
  return found;
}

/** For each answer, the highest version up to and including it. */
function runningHighest(seen: readonly Observation[]): readonly Observation[] {
  const highest: Observation[] = [];
  for (const answer of seen) {
    const last = highest.at(-1);
    highest.push(last === undefined || answer.version > last.version ? answer : last);
  }
  return highest;
}

/** The answer with the highest version before `time`; answers are ordered by their ends. */
function highestBefore(
  seen: readonly Observation[],
  highest: readonly Observation[],
  time: number,
): Observation | null {
  let low = 0;
  let high = seen.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seen[middle]?.endedAt ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return highest[low - 1] ?? null;
}
