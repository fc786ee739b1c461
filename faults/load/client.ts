import { type Answered, HttpConnection, NoAnswer } from "../network/http-connection.ts";
import { type Intent, isFinalRefusal, type Journal, type Outcome } from "./journal.ts";
import { members, parsed, textOr } from "./json.ts";
import type { Random } from "./random.ts";

export interface ClientRequest {
  readonly intent: Intent;
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly ifMatch?: string;
  /** Every write has a key, the same for each attempt. */
  readonly key?: string;
}

export interface ClientOptions {
  readonly url: string;
  readonly journal: Journal;
  readonly session: number;
  readonly random: Random;
  /** The `Authorization` of every request. Default: none. */
  readonly authorization?: string;
  /** How long one attempt may take. Default 6 seconds, longer than the API may take for any answer. */
  readonly timeoutMs?: number;
  /** How long a request is retried. Default 30 seconds; 0 means a single attempt. */
  readonly retryForMs?: number;
}

/**
 * A well-behaved client: one connection, a timeout, the same key for every attempt. It obeys Retry-After, otherwise
 * backs off at random, and writes every attempt into the journal.
 */
export class Client {
  readonly #connection: HttpConnection;
  readonly #options: ClientOptions;
  #requests = 0;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#connection = new HttpConnection(options.url);
  }

  /** Sends a request and retries it while that makes sense. Returns the outcome of the last attempt. */
  async ask(request: ClientRequest): Promise<Outcome> {
    const { journal, session, retryForMs = 30_000 } = this.#options;
    const { intent, method, path, key = null, ifMatch = null } = request;
    const body = request.body === undefined ? null : JSON.stringify(request.body);
    const number = journal.begin({ session, intent, method, path, key, ifMatch, body });
    const giveUpAt = performance.now() + retryForMs;
    for (let attempt = 1; ; attempt += 1) {
      const { outcome, retryAfterMs } = await this.#attempt(number, attempt, { method, path, key, ifMatch, body });
      if (outcome.kind === "acknowledged" || isFinalRefusal(outcome)) return outcome;
      const waitMs = retryAfterMs ?? this.#backoffMs(attempt);
      if (performance.now() + waitMs > giveUpAt) return outcome;
      await Bun.sleep(waitMs);
    }
  }

  /** Sends an entry of the journal once more, with the same key. */
  async resend(entry: SentRequest, attempt: number): Promise<Outcome> {
    return (await this.#attempt(entry.number, attempt, entry)).outcome;
  }

  close(): void {
    this.#connection.close();
  }

  async #attempt(number: number, attempt: number, request: WireRequest): Promise<AttemptResult> {
    const { journal, session, authorization, timeoutMs = 6000 } = this.#options;
    const { method, path, key, ifMatch, body } = request;
    this.#requests += 1;
    const requestId = `c${session}-${number}-${attempt}`;
    const headers: Record<string, string> = { "X-Request-Id": requestId };
    if (authorization !== undefined) headers.Authorization = authorization;
    if (body !== null) headers["Content-Type"] = "application/json";
    if (key !== null) headers["Idempotency-Key"] = key;
    if (ifMatch !== null) headers["If-Match"] = ifMatch;
    journal.send(number, attempt, requestId);
    const result = await this.#connection
      .request({ method, path, headers, body }, timeoutMs)
      .then(answered, unanswered);
    journal.end(number, attempt, result);
    return result;
  }

  /** Random within a time that doubles, so that clients refused together do not come back together. */
  #backoffMs(attempt: number): number {
    return this.#options.random.fraction() * Math.min(1000, 20 * 2 ** attempt);
  }
}

interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly key: string | null;
  readonly ifMatch: string | null;
  readonly body: string | null;
}

interface SentRequest extends WireRequest {
  readonly number: number;
}

interface AttemptResult {
  readonly outcome: Outcome;
  readonly retryAfterMs: number | null;
  readonly answeredId: string | null;
  readonly replayed: boolean;
}

function answered({ status, headers, body }: Answered): AttemptResult {
  const retryAfter = headers.get("retry-after");
  const about = {
    retryAfterMs: retryAfter === undefined ? null : Number(retryAfter) * 1000,
    answeredId: headers.get("x-client-request-id") ?? null,
    replayed: headers.get("idempotency-replayed") === "true",
  };
  if (status < 400)
    return { ...about, outcome: { kind: "acknowledged", status, body, etag: headers.get("etag") ?? null } };
  const code = textOr(members(parsed(body)).get("code"), "");
  return { ...about, outcome: { kind: "refused", status, code, body } };
}

function unanswered(error: unknown): AttemptResult {
  if (!(error instanceof NoAnswer)) throw error;
  const outcome = { kind: "unknown", reason: error.message } as const;
  return { outcome, retryAfterMs: null, answeredId: null, replayed: false };
}
