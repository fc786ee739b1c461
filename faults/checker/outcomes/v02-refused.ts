import { text } from "../../database/store.ts";
import type { Check, Finding } from "../finding.ts";
import { tables } from "../table.ts";
import { described, keyOf, type Write, writesOf } from "../writes.ts";

/** V2: a refused write has left nothing: no row, no key in a row, no entry in the audit log. */
export const refused: Check = async ({ stores, journal }) => {
  const [store] = stores;
  const refusals = new Map<string, Write>();
  for (const write of writesOf(journal)) if (write.outcome.kind === "refused") refusals.set(write.key, write);
  const findings: Finding[] = [];
  const say = (key: string, where: string) => {
    const write = refusals.get(key);
    if (write !== undefined)
      findings.push({ invariant: "V2", words: `${described(write)} was refused, and yet it is in ${where}.` });
  };
  for (const { name, createKey, writeKeys } of tables)
    for (const row of await store.rows(`SELECT id, ${[createKey, ...writeKeys].join(", ")} FROM ${name}`))
      for (const column of [createKey, ...writeKeys])
        say(keyOf(text(row[column])), `${name}/${text(row.id)}.${column}`);
  for (const row of await store.rows("SELECT resource, resource_id, before_state, after_state FROM audit_log"))
    for (const key of newKeys(text(row.before_state), text(row.after_state)))
      say(key, `the audit of ${text(row.resource)} ${text(row.resource_id)}`);
  return findings;
};

/** The keys in the state after a change but not in the state before: those of the write itself. */
function newKeys(before: string, after: string): readonly string[] {
  const keys = (state: string) => state.match(/[0-9a-z]+\.[0-9a-z]+-[0-9]+-[op]?[0-9]+/g) ?? [];
  const old = new Set(keys(before));
  return keys(after).filter((key) => !old.has(key));
}
