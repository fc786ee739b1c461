import { closeSync, existsSync, openSync, readFileSync, writeSync } from "node:fs";
import { listOf, members, numberOr, parsed, textOr, textOrNull } from "./json.ts";

/*
 * What the clients asked for and what they were told: the one thing, beside the database, that the checker believes.
 * A line is written before a request is sent and another when its answer is there, so the journal outlives its writer.
 */

/** Why a request was made; the checker judges by method, path and body, and counts by this. */
export const intents = ["create", "increment", "edit", "step", "delete", "read", "final", "other"] as const;
export type Intent = (typeof intents)[number];

export interface JournalRequest {
  /** Which client: a session reads what it wrote. */
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

/** One time that a request was sent. Times are milliseconds of a clock that only goes forward. */
export interface Attempt {
  readonly number: number;
  readonly startedAt: number;
  /** Null when the client died before it could tell. */
  readonly endedAt: number | null;
  readonly requestId: string;
  /** The request id that came back; null when none did. */
  readonly answeredId: string | null;
  readonly replayed: boolean;
  readonly outcome: Outcome;
  /** How many ends were written down: anything but one is a fault. */
  readonly ends: number;
}

/** One request with all its attempts: a write that is tried again keeps its key and its place here. */
export interface Entry extends JournalRequest {
  readonly number: number;
  readonly attempts: readonly Attempt[];
  /** What the client knows in the end. */
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
    // Whoever wrote it before may have died within a line.
    writeSync(this.#file, "\n");
  }

  /** How many requests are in it. */
  get entries(): number {
    return this.#entries;
  }

  /** Begins an entry and gives its number. */
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

/** Reads a journal back. A last line that its writer did not finish is left out. */
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

function outcomeOf(told: ReadonlyMap<string, unknown>): Outcome {
  const status = numberOr(told.get("status"), 0);
  const body = textOr(told.get("body"), "");
  if (told.get("kind") === "acknowledged")
    return { kind: "acknowledged", status, body, etag: textOrNull(told.get("etag")) };
  if (told.get("kind") === "refused") return { kind: "refused", status, code: textOr(told.get("code"), ""), body };
  return { kind: "unknown", reason: textOr(told.get("reason"), "") };
}

/**
 * What several attempts come to: one acknowledgement settles it, else one final refusal. A refusal by the server's state
 * (5xx) promises nothing about an effect; 429 and 409 `idempotency-running` are no answer to the request itself.
 */
export function conclusion(attempts: readonly Attempt[]): Outcome {
  const outcomes = attempts.map(({ outcome }) => outcome);
  const settled = outcomes.find(({ kind }) => kind === "acknowledged") ?? outcomes.find(isFinalRefusal);
  return settled ?? { kind: "unknown", reason: reasonOf(outcomes.at(-1)) };
}

function reasonOf(outcome: Outcome | undefined): string {
  if (outcome === undefined) return "never sent";
  if (outcome.kind === "unknown") return outcome.reason;
  return outcome.kind === "refused" ? `${outcome.status} ${outcome.code}` : "";
}

/** A refusal after which nothing is tried again. */
export function isFinalRefusal(outcome: Outcome): boolean {
  if (outcome.kind !== "refused" || outcome.status >= 500 || outcome.status === 429) return false;
  return outcome.code !== "idempotency-running";
}

/** `data` of an answer, as far as it is an object. */
export function dataOf(outcome: Outcome): ReadonlyMap<string, unknown> {
  return outcome.kind === "unknown" ? new Map() : members(members(parsed(outcome.body)).get("data"));
}

/** The members of the JSON that was sent. */
export function bodyOf({ body }: { readonly body: string | null }): ReadonlyMap<string, unknown> {
  return body === null ? new Map() : members(parsed(body));
}

/** `order_details` of an order that was sent or answered; null when it has none. */
export function detailsOf(order: ReadonlyMap<string, unknown>): readonly ReadonlyMap<string, unknown>[] | null {
  const details = order.get("order_details");
  return details === undefined ? null : listOf(details).map(members);
}
