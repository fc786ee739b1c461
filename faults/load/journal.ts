import { closeSync, existsSync, openSync, readFileSync, writeSync } from "node:fs";
import { listOf, members, numberOr, parsed, textOr, textOrNull } from "./json.ts";

/*
 * What the clients sent and what they were answered: beside the database, the only thing that the checker believes.
 * One line is written before a request is sent and another once it is answered, so the journal survives its writer.
 */

/** Why a request was made. The checker judges by method, path and body; it only counts by intent. */
export const intents = ["create", "increment", "edit", "step", "delete", "trade", "read", "final", "other"] as const;
export type Intent = (typeof intents)[number];

export interface JournalRequest {
  /** The client that sent it: a session must read its own writes. */
  readonly session: number;
  readonly intent: Intent;
  readonly method: string;
  readonly path: string;
  readonly key: string | null;
  readonly ifMatch: string | null;
  readonly body: string | null;
}

export type Outcome =
  | { readonly kind: "acknowledged"; readonly status: number; readonly body: string; readonly etag: string | null }
  | { readonly kind: "refused"; readonly status: number; readonly code: string; readonly body: string }
  | { readonly kind: "unknown"; readonly reason: string };

/** One sending of a request. Times are milliseconds of a monotonic clock. */
export interface Attempt {
  readonly number: number;
  readonly startedAt: number;
  /** Null when the client died before it got an answer. */
  readonly endedAt: number | null;
  readonly requestId: string;
  /** The request id of the client in the answer; null when there was none. */
  readonly answeredId: string | null;
  readonly replayed: boolean;
  readonly outcome: Outcome;
  /** How many ends the journal has for this attempt: anything but one is an error. */
  readonly ends: number;
}

/** One request with all its attempts: a retried write keeps its key and stays one entry. */
export interface Entry extends JournalRequest {
  readonly number: number;
  readonly attempts: readonly Attempt[];
  /** What the client knew after the last attempt. */
  readonly outcome: Outcome;
}

export interface AttemptEnd {
  readonly outcome: Outcome;
  readonly answeredId?: string | null;
  readonly replayed?: boolean;
}

/** Writes the journal. */
export class Journal {
  readonly #file: number;
  #entries: number;

  constructor(readonly path: string) {
    this.#entries = existsSync(path) ? Math.max(0, ...readJournal(path).map(({ number }) => number)) : 0;
    this.#file = openSync(path, "a");
    // An earlier writer may have died in the middle of a line.
    writeSync(this.#file, "\n");
  }

  /** The number of requests in the journal. */
  get entries(): number {
    return this.#entries;
  }

  /** Begins an entry and returns its number. */
  begin(request: JournalRequest): number {
    this.#entries += 1;
    this.#line({ line: "request", number: this.#entries, ...request });
    return this.#entries;
  }

  send(number: number, attempt: number, requestId: string): void {
    this.#line({ line: "sent", number, attempt, requestId, at: performance.now() });
  }

  end(number: number, attempt: number, { outcome, answeredId = null, replayed = false }: AttemptEnd): void {
    this.#line({ line: "ended", number, attempt, at: performance.now(), answeredId, replayed, outcome });
  }

  read(): readonly Entry[] {
    return readJournal(this.path);
  }

  close(): void {
    closeSync(this.#file);
  }

  #line(line: object): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}

interface Draft {
  readonly request: JournalRequest;
  readonly number: number;
  readonly attempts: Map<number, Attempt>;
}

/** Reads a journal, without an unfinished last line. */
export function readJournal(path: string): readonly Entry[] {
  return readJournalText(readFileSync(path, "utf8"));
}

export function readJournalText(journal: string): readonly Entry[] {
  const drafts = new Map<number, Draft>();
  for (const text of journal.split("\n")) {
    const line = members(parsed(text));
    const number = numberOr(line.get("number"), 0);
    const draft = drafts.get(number);
    if (line.get("line") === "request") drafts.set(number, { request: requestOf(line), number, attempts: new Map() });
    else if (draft !== undefined) takeAttempt(draft, line);
  }
  return [...drafts.values()].map(({ request, number, attempts }) => {
    const list = [...attempts.values()];
    return { ...request, number, attempts: list, outcome: conclusion(list) };
  });
}

function takeAttempt({ attempts }: Draft, line: ReadonlyMap<string, unknown>): void {
  const number = numberOr(line.get("attempt"), 0);
  const at = numberOr(line.get("at"), 0);
  if (line.get("line") === "sent") {
    const outcome = { kind: "unknown", reason: "the client died" } as const;
    const requestId = textOr(line.get("requestId"), "");
    const rest = { endedAt: null, answeredId: null, replayed: false, outcome, ends: 0 };
    attempts.set(number, { number, startedAt: at, requestId, ...rest });
  }
  const sent = attempts.get(number);
  if (line.get("line") !== "ended" || sent === undefined) return;
  attempts.set(number, {
    ...sent,
    endedAt: at,
    answeredId: textOrNull(line.get("answeredId")),
    replayed: line.get("replayed") === true,
    outcome: outcomeOf(members(line.get("outcome"))),
    ends: sent.ends + 1,
  });
}

function requestOf(line: ReadonlyMap<string, unknown>): JournalRequest {
  return {
    session: numberOr(line.get("session"), 0),
    intent: intents.find((intent) => intent === line.get("intent")) ?? "other",
    method: textOr(line.get("method"), ""),
    path: textOr(line.get("path"), ""),
    key: textOrNull(line.get("key")),
    ifMatch: textOrNull(line.get("ifMatch")),
    body: textOrNull(line.get("body")),
  };
}

function outcomeOf(json: ReadonlyMap<string, unknown>): Outcome {
  const status = numberOr(json.get("status"), 0);
  const body = textOr(json.get("body"), "");
  if (json.get("kind") === "acknowledged")
    return { kind: "acknowledged", status, body, etag: textOrNull(json.get("etag")) };
  if (json.get("kind") === "refused") return { kind: "refused", status, code: textOr(json.get("code"), ""), body };
  return { kind: "unknown", reason: textOr(json.get("reason"), "") };
}

/**
 * The outcome of several attempts: one acknowledgement decides, otherwise one final refusal. A 5xx promises nothing
 * about the effect; 429 and 409 `idempotency-running` do not answer the request itself.
 */
export function conclusion(attempts: readonly Attempt[]): Outcome {
  const outcomes = attempts.map(({ outcome }) => outcome);
  const known = outcomes.find(({ kind }) => kind === "acknowledged") ?? outcomes.find(isFinalRefusal);
  return known ?? { kind: "unknown", reason: reasonOf(outcomes.at(-1)) };
}

function reasonOf(outcome: Outcome | undefined): string {
  if (outcome === undefined) return "never sent";
  if (outcome.kind === "unknown") return outcome.reason;
  return outcome.kind === "refused" ? `${outcome.status} ${outcome.code}` : "";
}

/** A refusal that no client retries. */
export function isFinalRefusal(outcome: Outcome): boolean {
  if (outcome.kind !== "refused" || outcome.status >= 500 || outcome.status === 429) return false;
  return outcome.code !== "idempotency-running";
}

/** `data` of an answer, if it is an object. */
export function dataOf(outcome: Outcome): ReadonlyMap<string, unknown> {
  return outcome.kind === "unknown" ? new Map() : members(members(parsed(outcome.body)).get("data"));
}

/** The members of the JSON body of a request. */
export function bodyOf({ body }: { readonly body: string | null }): ReadonlyMap<string, unknown> {
  return body === null ? new Map() : members(parsed(body));
}

/** `order_details` of an order in a request or an answer; null when absent. */
export function detailsOf(order: ReadonlyMap<string, unknown>): readonly ReadonlyMap<string, unknown>[] | null {
  const details = order.get("order_details");
  return details === undefined ? null : listOf(details).map(members);
}
