// What all forms share: saving with retries, the merge of concurrent changes, stored drafts, notices.
// The forms themselves are in orders/form and resources/form.
import { write } from "../api/browser.ts";
import { newKey } from "../api/key.ts";
import type { ApiError } from "../api/reply.ts";
import type { Merge, States } from "./merge.ts";

/*
 * Saves a form of any resource: resolves a write that was never answered, merges what someone else has stored in the
 * meantime, and stops where a person has to decide. What differs between forms is passed in as `SaveRules`.
 */

/** The stored row that a form changes, in the version that was read. */
export interface Base<Row, Draft> {
  readonly row: Row;
  /** The row as it was in the form before anything was typed. */
  readonly draft: Draft;
  readonly etag: string | null;
}

/** A write that was sent and not answered: it was carried out or not. */
export interface UnansweredWrite {
  readonly key: string;
  readonly method: "POST" | "PUT";
  readonly path: string;
  readonly body: object;
  readonly etag: string | null;
}

export interface Conflict<Row, Draft, Difference> {
  readonly merge: Merge<Draft, Difference>;
  /** The row as they stored it: what is saved next changes that. */
  readonly theirs: Base<Row, Draft>;
}

/** What differs between forms. */
export interface SaveRules<Row, Draft, Difference> {
  /** Names the form among stored drafts: `orders/new`, `customers/4`. */
  readonly form: string;
  /** Where the API creates a row. */
  readonly path: string;
  /** Where it changes one. */
  readonly rowPath: (row: Row) => string;
  readonly query: string;
  /** What is sent: a new row where `base` is null, otherwise the changes. Null when there is nothing to send. */
  readonly body: (draft: Draft, base: Draft | null) => object | null;
  readonly isChanged: (draft: Draft, base: Draft | null) => boolean;
  readonly isRow: (value: unknown) => value is Row;
  /** A stored row as it is in the form; `known` are drafts that may hold the names it needs. */
  readonly draftOf: (row: Row, known: readonly Draft[]) => Promise<Draft>;
  /** The form after an unanswered write turns out to have stored `row`. */
  readonly withIds: (draft: Draft, row: Row) => Draft;
  readonly merge: (drafts: States<Draft>, theirs: Row) => Merge<Draft, Difference>;
  /** Whether a person must see this change of theirs before it is taken over. */
  readonly needsReview: (taken: Difference) => boolean;
}

export interface Attempt<Row, Draft> {
  readonly draft: Draft;
  readonly base: Base<Row, Draft> | null;
  readonly unanswered: UnansweredWrite | null;
  /** The Idempotency-Key: made when the form opened, and anew after each final answer. */
  readonly key: string;
  /** Called before a write is sent: until its answer arrives, the write is unanswered. */
  readonly onSend: (request: UnansweredWrite) => void;
}

type Outcome<Row, Draft> =
  /** `key` is that of the write which saved it. */
  | { readonly kind: "saved"; readonly row: Row; readonly created: boolean; readonly key: string }
  | { readonly kind: "conflict"; readonly current: Row; readonly etag: string | null }
  | { readonly kind: "refused"; readonly error: ApiError }
  /** The unanswered write had been carried out, and more was typed since: `base` is what the rest changes. */
  | { readonly kind: "resolved"; readonly base: Base<Row, Draft>; readonly draft: Draft }
  /** The same write is to be repeated, with the same key. */
  | { readonly kind: "unanswered"; readonly error: ApiError; readonly unanswered: UnansweredWrite };

export interface Result<Row, Draft, Difference> {
  readonly outcome: Exclude<Outcome<Row, Draft>, { readonly kind: "resolved" }>;
  readonly draft: Draft;
  readonly base: Base<Row, Draft> | null;
  readonly conflict: Conflict<Row, Draft, Difference> | null;
  /** What someone else had changed, and was taken over. */
  readonly taken: readonly Difference[];
}

const maxRounds = 4;

/** Saves, and repeats while what someone else stored can be merged without asking. */
export async function save<Row, Draft, Difference>(
  rules: SaveRules<Row, Draft, Difference>,
  first: Attempt<Row, Draft>,
): Promise<Result<Row, Draft, Difference>> {
  let attempt = first;
  const taken: Difference[] = [];
  for (let round = 1; ; round += 1) {
    const outcome = await saveOnce(rules, attempt);
    const { draft, base } = attempt;
    if (outcome.kind === "resolved") {
      attempt = { ...attempt, base: outcome.base, draft: outcome.draft, unanswered: null, key: newKey() };
    } else if (outcome.kind === "conflict" && base !== null) {
      const theirs = await baseOf(rules, attempt, outcome.current, outcome.etag);
      const merge = rules.merge({ base: base.draft, mine: draft, theirs: theirs.draft }, theirs.row);
      const mustAsk = merge.clashes.length + merge.lost.length > 0 || merge.taken.some(rules.needsReview);
      if (mustAsk || round === maxRounds) return { outcome, draft, base, conflict: { merge, theirs }, taken };
      taken.push(...merge.taken);
      attempt = { ...attempt, base: theirs, draft: merge.settle(new Map()), unanswered: null, key: newKey() };
    } else return { outcome, draft, base, conflict: null, taken };
  }
}

/**
 * An unanswered write is resolved first, by repeating it under its own key; if it was carried out and more was typed
 * since, the rest follows as a change of what it stored.
 */
async function saveOnce<Row, Draft, Difference>(
  rules: SaveRules<Row, Draft, Difference>,
  attempt: Attempt<Row, Draft>,
): Promise<Outcome<Row, Draft>> {
  const { unanswered, draft, base } = attempt;
  if (unanswered === null) return send(rules, attempt);
  const reply = await write<Row>(unanswered);
  if (!reply.ok && !isFinal(reply)) return { kind: "unanswered", error: reply, unanswered };
  // It was refused, so nothing was stored: what is in the form now is a new write.
  if (!reply.ok) return send(rules, { ...attempt, unanswered: null, key: newKey() });
  const isAll = JSON.stringify(unanswered.body) === JSON.stringify(rules.body(draft, base?.draft ?? null));
  const { key } = unanswered;
  if (isAll) return { kind: "saved", row: reply.data, created: unanswered.method === "POST", key };
  const stored = await baseOf(rules, attempt, reply.data, reply.etag);
  return { kind: "resolved", base: stored, draft: rules.withIds(draft, reply.data) };
}

async function send<Row, Draft, Difference>(
  { path, rowPath, query, body: bodyOf, isRow }: SaveRules<Row, Draft, Difference>,
  { draft, base, key, onSend }: Attempt<Row, Draft>,
): Promise<Outcome<Row, Draft>> {
  const body = bodyOf(draft, base?.draft ?? null);
  if (body === null && base !== null) return { kind: "saved", row: base.row, created: false, key };
  const target =
    base === null
      ? ({ method: "POST", path: path + query, etag: null } as const)
      : ({ method: "PUT", path: rowPath(base.row) + query, etag: base.etag } as const);
  const request = { ...target, body: body ?? {}, key };
  onSend(request);
  const reply = await write<Row>(request);
  if (reply.ok) return { kind: "saved", row: reply.data, created: base === null, key };
  if (!isFinal(reply)) return { kind: "unanswered", error: reply, unanswered: request };
  if (reply.status !== 412 || !isRow(reply.current)) return { kind: "refused", error: reply };
  return { kind: "conflict", current: reply.current, etag: reply.etag };
}

async function baseOf<Row, Draft, Difference>(
  { draftOf }: SaveRules<Row, Draft, Difference>,
  { draft, base }: Attempt<Row, Draft>,
  row: Row,
  etag: string | null,
): Promise<Base<Row, Draft>> {
  return { row, draft: await draftOf(row, base === null ? [draft] : [draft, base.draft]), etag };
}

/** Whether an error is final: nothing was done, and nothing will be. */
export function isFinal({ status, code }: ApiError): boolean {
  return status >= 400 && status < 500 && code !== "idempotency-running" && status !== 408 && status !== 429;
}
