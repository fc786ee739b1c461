import { type Answered, HttpConnection, NoAnswer, type Sent } from "../network/http-connection.ts";
import type { Json, JsonObject } from "./company.ts";
import { isObject } from "./fields.ts";

/** How long a request may take before the run fails. */
const timeoutMs = 30_000;

export interface Exchange {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  /** The JSON object in the answer; empty when it is none. */
  readonly body: JsonObject;
}

/** A client on one connection that waits for each answer before it sends the next request. */
export class Client {
  readonly #connection: HttpConnection;

  constructor(url: string) {
    this.#connection = new HttpConnection(url);
  }

  async exchange(sent: Sent): Promise<Exchange> {
    const type = sent.body === null ? {} : { "Content-Type": "application/json" };
    const { status, headers, body: text } = await this.#request({ ...sent, headers: { ...type, ...sent.headers } });
    return { status, headers, text, body: readEnvelope(text) };
  }

  /** The server may close a keep-alive connection between two requests: a read is then resent once. */
  async #request(sent: Sent): Promise<Answered> {
    try {
      return await this.#connection.request(sent, timeoutMs);
    } catch (error) {
      if (!(error instanceof NoAnswer) || sent.method !== "GET") throw error;
      return this.#connection.request(sent, timeoutMs);
    }
  }

  close(): void {
    this.#connection.close();
  }
}

function readEnvelope(text: string): JsonObject {
  try {
    const body: Json = JSON.parse(text);
    return isObject(body) ? body : {};
  } catch {
    // No JSON: the comparison reports it.
    return {};
  }
}
