import { createHash } from "node:crypto";
import type { Transaction } from "sqlproof";
import { now } from "../text.ts";
import { insertEntry, lastEntry } from "./queries.ts";

/** What a write did to one resource: `before` is null when it was created, `after` when it was deleted. */
export interface Change {
  /** The singular noun, like `order`. */
  readonly resource: string;
  readonly id: number;
  /** As the API answers it, with everything that belongs to it. */
  readonly before: object | null;
  readonly after: object | null;
}

/** Who writes, and in the course of which request. */
export interface Writer {
  readonly principal: string;
  readonly request_id: string;
  /** The same for every attempt at one write. */
  readonly write_id: string;
}

/** The hash before the first. */
const noHash = "0".repeat(64);

/** Writes the change down at the end of its resource's chain, in the transaction of the change. */
export async function record(tx: Transaction, change: Change, writer: Writer): Promise<void> {
  const { resource, id: resource_id, before, after } = change;
  // A number is never given twice, so what has just been created has no history to look for.
  const last = before === null ? null : await tx.maybe(lastEntry, { resource, resource_id });
  const entry = {
    resource,
    resource_id,
    sequence: (last?.sequence ?? 0) + 1,
    happened_at: now(),
    ...writer,
    action: before === null ? "create" : after === null ? "delete" : "update",
    before_state: before === null ? null : JSON.stringify(before),
    after_state: after === null ? null : JSON.stringify(after),
    previous_hash: last?.hash ?? noHash,
  };
  await tx.run(insertEntry, { ...entry, hash: hashOf(entry) });
}

type Unhashed = Writer & {
  readonly resource: string;
  readonly resource_id: number;
  readonly sequence: number;
  readonly happened_at: string;
  readonly action: string;
  readonly before_state: string | null;
  readonly after_state: string | null;
  readonly previous_hash: string;
};

/** SHA-256, in hexadecimal digits, of the JSON list of an entry's values in the order of their columns. */
function hashOf(entry: Unhashed): string {
  const { resource, resource_id, sequence, happened_at, principal, request_id, write_id, action } = entry;
  const { before_state, after_state, previous_hash } = entry;
  const values = [
    ...[resource, resource_id, sequence, happened_at, principal, request_id, write_id, action],
    ...[before_state, after_state, previous_hash],
  ];
  return createHash("sha256").update(JSON.stringify(values)).digest("hex");
}
