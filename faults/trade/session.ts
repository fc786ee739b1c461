// Sends commands to a running API and reads what a run compares of the answers.
import { listOf, members, numberOr, parsed, textOr } from "../load/json.ts";
import { type Answered, HttpConnection } from "../network/http-connection.ts";
import { type Command, type Fixtures, type Request, requestOf } from "./commands.ts";
import type { Made } from "./model/orders.ts";

/** An answer, as far as a run looks at it. */
export interface Answer {
  readonly status: number;
  readonly code: string | null;
  readonly version: number | null;
  readonly isReplayed: boolean;
  readonly data: ReadonlyMap<string, unknown>;
  readonly text: string;
}

/** What a request carries besides its body. */
interface Surroundings {
  readonly key?: string | null;
  readonly ifMatch?: number | null;
  readonly requestId?: string | null;
}

const timeoutMs = 20_000;

/** One client on one connection. */
export class Session {
  readonly #connection: HttpConnection;

  constructor(url: string) {
    this.#connection = new HttpConnection(url);
  }

  /** Sends a command once. Rejects with `NoAnswer` when the connection is lost. */
  perform(command: Command, fixtures: Fixtures, requestId: string | null = null): Promise<Answer> {
    return this.send(requestOf(command, fixtures), { ...command, requestId });
  }

  async send(
    { method, path, body }: Omit<Request, "method"> & { readonly method: string },
    { key = null, ifMatch = null, requestId = null }: Surroundings = {},
  ): Promise<Answer> {
    const headers: Record<string, string> = body === null ? {} : { "Content-Type": "application/json" };
    if (requestId !== null) headers["X-Request-Id"] = requestId;
    if (key !== null) headers["Idempotency-Key"] = key;
    if (ifMatch !== null) headers["If-Match"] = `"${ifMatch}"`;
    const sent = { method, path, headers, body: body === null ? null : JSON.stringify(body) };
    return readAnswer(await this.#connection.request(sent, timeoutMs));
  }

  /** Makes a row that a run needs, and gives its id. */
  async make(path: string, body: object): Promise<number> {
    const { status, data, text } = await this.send({ method: "POST", path, body });
    if (status !== 201) throw new Error(`The run could not be prepared: ${status} ${text}`);
    return numberOr(data.get("id"), 0);
  }

  async read(path: string): Promise<ReadonlyMap<string, unknown>> {
    const { status, data, text } = await this.send({ method: "GET", path, body: null });
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${text}`);
    return data;
  }

  close(): void {
    this.#connection.close();
  }
}

function readAnswer({ status, headers, body: text }: Answered): Answer {
  const envelope = members(parsed(text));
  const data = envelope.get("data");
  const version = /^"([0-9]+)"$/.exec(headers.get("etag") ?? "")?.[1];
  return {
    ...{
      status,
      text,
      // Of several rows the first one: a selection is reordered from one supplier.
      data: members(Array.isArray(data) ? listOf(data)[0] : data),
      isReplayed: headers.get("idempotency-replayed") === "true",
    },
    code: status < 400 ? null : textOr(envelope.get("code"), ""),
    version: version === undefined ? null : Number(version),
  };
}

/** The details of an order or a purchase order in an answer. */
export function detailsIn({ data }: Pick<Answer, "data">): readonly ReadonlyMap<string, unknown>[] {
  return listOf(data.get("order_details") ?? data.get("purchase_order_details")).map(members);
}

/** The ids of the rows that an answer shows. */
export function madeIn(answer: Answer): Made {
  return {
    id: numberOr(answer.data.get("id"), 0),
    details: detailsIn(answer).map((detail) => numberOr(detail.get("id"), 0)),
  };
}

/** An answered quantity in ten-thousandths. */
export function unitsIn(value: unknown): number {
  return Math.round(Number(textOr(value, "NaN")) * 10_000);
}
