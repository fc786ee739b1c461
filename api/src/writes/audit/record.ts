import type { RowOf, Transaction } from "sqlproof";
import { utcNow } from "../../contract/text.ts";
import { insertEntry, lastEntries } from "./queries.ts";

/** The names of all resources whose changes are recorded, in the singular. */
export const auditedResources = [
  ...(["order", "customer", "employee", "shipper", "supplier"] as const),
  ...(["product", "tax_rate", "company", "company_logo", "user", "token"] as const),
  ...(["stock", "stock_count", "shipment", "order_return", "purchase_order"] as const),
] as const;
export type AuditedResource = (typeof auditedResources)[number];

/** What may happen to somebody's access: the actions of the log that change no resource. */
export const accessEvents = [
  ...(["sign-in", "refused", "sign-out", "proof", "link", "password"] as const),
  ...(["code", "passkey", "identity", "ended"] as const),
] as const;
export type AccessEventName = (typeof accessEvents)[number];

/** The change that a write made to one resource. `before` is null if it was created, `after` if it was deleted. */
export interface Change {
  readonly resource: AuditedResource;
  readonly id: number;
  /** The version of the resource after the change, null if it was deleted. */
  readonly version: number | null;
  /** The complete resource as the API returns it. */
  readonly before: object | null;
  readonly after: object | null;
}

/** Something that happened to a user's access. */
export interface AccessEvent {
  readonly resource: "access";
  /** The user; 0 if it is not known which. */
  readonly id: number;
  readonly event: AccessEventName;
  /** How and from where, as the log shows it. */
  readonly about: object;
}

/** Who made a change, and with which request and write. */
export interface Writer {
  readonly principal: string;
  /** The server's own id of the request. */
  readonly request_id: string;
  /** The id that the client gave the request, if any. It is only the client's word. */
  readonly client_request_id: string | null;
  /** The same for every attempt at one write. */
  readonly write_id: string;
}

/** The `previous_hash` of the first entry. */
export const noHash = "0".repeat(64);

/** What happened and who made it happen. */
export interface Recorded {
  readonly change: Change | AccessEvent;
  readonly writer: Writer;
}

/**
 * Appends changes of different resources to the audit log, each to the hash chain of its resource, in the transaction
 * that made them. The resources must be locked.
 */
export async function record(tx: Transaction, recorded: readonly Recorded[]): Promise<void> {
  const ends = await chainEnds(tx, recorded);
  const happened_at = utcNow();
  const entries = recorded.map(({ change, writer }) => {
    const { resource, id: resource_id } = change;
    const { action, version, before, after } = contentOf(change);
    const last = ends.get(chainKey(change));
    const entry = {
      resource,
      resource_id,
      sequence: (last?.sequence ?? 0) + 1,
      happened_at,
      ...writer,
      action,
      before_state: before === null ? null : JSON.stringify(before),
      after_state: after === null ? null : JSON.stringify(after),
      previous_hash: last?.hash ?? noHash,
    };
    return { ...entry, version, hash: hashOf(entry) };
  });
  await tx.runMany(insertEntry, entries);
}

/** What an entry says besides who and when. */
function contentOf(change: Change | AccessEvent) {
  if ("event" in change) return { action: change.event, version: null, before: null, after: change.about };
  const { version, before, after } = change;
  return { action: before === null ? "create" : after === null ? "delete" : "update", version, before, after };
}

type ChainEnd = Pick<RowOf<typeof lastEntries>, "sequence" | "hash">;

/** The last entries of the changed resources. Ids are never reused, so created resources have no entries yet. */
async function chainEnds(tx: Transaction, recorded: readonly Recorded[]): Promise<ReadonlyMap<string, ChainEnd>> {
  const ids = new Map<string, number[]>();
  for (const { change } of recorded)
    if ("event" in change || change.before !== null)
      ids.set(change.resource, [...(ids.get(change.resource) ?? []), change.id]);
  const ends = new Map<string, ChainEnd>();
  for (const [resource, resource_ids] of ids)
    for (const { resource_id, ...end } of await tx.all(lastEntries, { resource, resource_ids }))
      ends.set(chainKey({ resource, id: resource_id }), end);
  return ends;
}

function chainKey({ resource, id }: { readonly resource: string; readonly id: number }): string {
  return `${resource} ${id}`;
}

/** What the hash of an entry is made of. */
export type Unhashed = Writer & {
  readonly resource: string;
  readonly resource_id: number;
  readonly sequence: number;
  readonly happened_at: string;
  readonly action: string;
  readonly before_state: string | null;
  readonly after_state: string | null;
  readonly previous_hash: string;
};

/**
 * SHA-256 in hexadecimal of the JSON list of an entry's values. The client's id is last, and left out if there is none.
 * Anybody can compute it again.
 */
export function hashOf(entry: Unhashed): string {
  const { resource, resource_id, sequence, happened_at, principal, request_id, write_id, action } = entry;
  const { before_state, after_state, previous_hash, client_request_id } = entry;
  const values = [
    ...[resource, resource_id, sequence, happened_at, principal, request_id, write_id, action],
    ...[before_state, after_state, previous_hash],
    ...(client_request_id === null ? [] : [client_request_id]),
  ];
  // Value by value, the same text takes a third less time: the engine has no fast way for a list of long texts.
  const text = values.map((value) => JSON.stringify(value)).join(",");
  return Bun.CryptoHasher.hash("sha256", `[${text}]`, "hex");
}
