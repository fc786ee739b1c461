import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import type { Refusal, Reply } from "../../api/reply.ts";
import type { Locale } from "../../messages/text.ts";
import type { Resource, ResourceRow } from "../resource.ts";
import { type Body, changesOf, createBody, draftOf, type ResourceDraft, type SupplierName } from "./draft.ts";

/** What is changed, in the version that was read. */
export interface Base {
  readonly row: ResourceRow;
  readonly draft: ResourceDraft;
  readonly etag: string | null;
}

/** A write whose answer never came: it was carried out or not. */
export interface Doubt {
  readonly key: string;
  readonly method: "POST" | "PUT";
  readonly path: string;
  readonly body: Body;
  readonly etag: string | null;
}

export type Outcome =
  | { readonly kind: "saved"; readonly row: ResourceRow; readonly created: boolean }
  | { readonly kind: "conflict"; readonly theirs: Base }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** The write in doubt had been carried out, and more was typed since: this is the form's new ground. */
  | { readonly kind: "resolved"; readonly base: Base }
  /** Nothing is known: the same write is to be repeated, with the same key. */
  | { readonly kind: "doubt"; readonly refusal: Refusal; readonly doubt: Doubt };

export interface Attempt {
  readonly resource: Resource;
  readonly draft: ResourceDraft;
  readonly base: Base | null;
  readonly doubt: Doubt | null;
  /** Made when the form opened, and anew after each final answer. */
  readonly key: string;
  readonly locale: Locale;
  readonly nameOf: SupplierName;
  /** Told of every write before it goes out: from then on, until its answer is here, it is in doubt. */
  readonly onSend: (request: Doubt) => void;
}

/**
 * Saves the form once. A write that is in doubt is resolved first, by repeating it under its own key; when it had been
 * carried out and more was typed since, the rest is to follow as a change of what it stored.
 */
export async function saveResource(attempt: Attempt): Promise<Outcome> {
  const { doubt } = attempt;
  if (doubt === null) return saveNow(attempt);
  const reply = await write<ResourceRow>(doubt);
  if (!reply.ok && !isFinal(reply)) return { kind: "doubt", refusal: reply, doubt };
  // Refused, so nothing was done: what stands in the form now is a write of its own.
  if (!reply.ok) return saveNow({ ...attempt, doubt: null, key: newKey() });
  const isAll = JSON.stringify(doubt.body) === JSON.stringify(requestOf(attempt).body);
  if (isAll) return { kind: "saved", row: reply.data, created: doubt.method === "POST" };
  return { kind: "resolved", base: baseOf(attempt, reply.data, reply.etag) };
}

function baseOf({ resource, nameOf, locale }: Attempt, row: ResourceRow, etag: string | null): Base {
  return { row, draft: draftOf(resource, row, nameOf, locale), etag };
}

function requestOf({ resource, draft, base, key, locale }: Attempt): Doubt {
  const path = `/api/${resource.plural}`;
  if (base === null) return { method: "POST", path, body: createBody(resource, draft, locale), etag: null, key };
  const body = changesOf(resource, draft, base.draft, locale);
  return { method: "PUT", path: `${path}/${base.row.id}`, body, etag: base.etag, key };
}

async function saveNow(attempt: Attempt): Promise<Outcome> {
  const request = requestOf(attempt);
  const { base } = attempt;
  // Nothing was changed: it stands as it was read.
  if (base !== null && Object.keys(request.body).length === 0) return { kind: "saved", row: base.row, created: false };
  attempt.onSend(request);
  const reply: Reply<ResourceRow> = await write<ResourceRow>(request);
  if (reply.ok) return { kind: "saved", row: reply.data, created: base === null };
  if (!isFinal(reply)) return { kind: "doubt", refusal: reply, doubt: request };
  if (reply.status !== 412 || !isRow(reply.current)) return { kind: "refused", refusal: reply };
  return { kind: "conflict", theirs: baseOf(attempt, reply.current, reply.etag) };
}

/** Whether a refusal is an answer: nothing was done, and nothing will be. */
function isFinal({ status, code }: Refusal): boolean {
  return status >= 400 && status < 500 && code !== "idempotency-running" && status !== 408 && status !== 429;
}

function isRow(value: unknown): value is ResourceRow {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "number";
}
