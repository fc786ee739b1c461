/*
 * For tests: a collector of OTLP/HTTP that takes JSON as strictly as the protocol defines it, and refuses anything else.
 */

export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly kind: number;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly attributes: Readonly<Record<string, string | boolean | number>>;
  readonly links: readonly string[];
  readonly isError: boolean;
}

export class Collector {
  readonly spans: ReceivedSpan[] = [];
  readonly resources: Readonly<Record<string, unknown>>[] = [];
  /** Why requests were refused: a test expects none. */
  readonly faults: string[] = [];
  readonly headers: Headers[] = [];
  /** Answers this status instead of taking spans; null takes them. */
  refusing: number | null = null;
  /** Takes requests and never answers them. */
  isSilent = false;
  readonly #server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: (request) => this.#take(request) });

  get url(): string {
    return `http://127.0.0.1:${this.#server.port}`;
  }

  async stop(): Promise<void> {
    await this.#server.stop(true);
  }

  /** Waits until a span matches. */
  async span(matches: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan> {
    for (;;) {
      const found = this.spans.find(matches);
      if (found !== undefined) return found;
      await Bun.sleep(10);
    }
  }

  within({ spanId }: ReceivedSpan): readonly ReceivedSpan[] {
    return this.spans.filter(({ parentSpanId }) => parentSpanId === spanId);
  }

  async #take(request: Request): Promise<Response> {
    const body = await request.text();
    this.headers.push(request.headers);
    if (this.isSilent) await new Promise(() => undefined);
    if (this.refusing !== null) return new Response("", { status: this.refusing });
    try {
      if (request.method !== "POST" || new URL(request.url).pathname !== "/v1/traces") throw new Error(request.url);
      if (request.headers.get("content-type") !== "application/json") throw new Error("the content type");
      this.#read(JSON.parse(body));
      return Response.json({ partialSuccess: {} });
    } catch (error) {
      this.faults.push(String(error));
      return new Response(String(error), { status: 400 });
    }
  }

  #read(json: unknown): void {
    for (const one of list(fields(json, ["resourceSpans"]).resourceSpans)) {
      const { resource, scopeSpans } = fields(one, ["resource", "scopeSpans"]);
      this.resources.push(attributesOf(fields(resource, ["attributes"]).attributes));
      for (const within of list(scopeSpans)) {
        const { scope, spans } = fields(within, ["scope", "spans"]);
        const { name } = fields(scope, ["name", "version"]);
        if (typeof name !== "string" || name === "") throw new Error("the scope has no name");
        this.spans.push(...list(spans).map(spanOf));
      }
    }
  }
}

const required = ["traceId", "spanId", "name", "kind", "startTimeUnixNano", "endTimeUnixNano"];
const possible = [...required, "flags", "parentSpanId", "traceState", "attributes", "links", "status"];

function spanOf(json: unknown): ReceivedSpan {
  const span = fields(json, possible);
  for (const name of required) if (!(name in span)) throw new Error(`a span has no ${name}`);
  const { name, kind, parentSpanId, links = [], status = {}, attributes = [], flags } = span;
  if (typeof name !== "string" || name === "") throw new Error("a span has no name");
  if (typeof kind !== "number" || ![1, 2, 3].includes(kind)) throw new Error(`kind ${kind}`);
  if (typeof flags !== "number" || !Number.isInteger(flags)) throw new Error(`flags ${flags}`);
  const times = [span.startTimeUnixNano, span.endTimeUnixNano].map((time) => {
    if (typeof time !== "string" || !/^\d{19}$/.test(time)) throw new Error(`time ${time}`);
    return BigInt(time);
  });
  const [startNs = 0n, endNs = 0n] = times;
  if (endNs < startNs) throw new Error("a span ends before it begins");
  const { code = 0 } = fields(status, ["code", "message"]);
  return {
    ...{ traceId: hex(span.traceId, 32), spanId: hex(span.spanId, 16), name, kind, startNs, endNs },
    parentSpanId: parentSpanId === undefined ? null : hex(parentSpanId, 16),
    attributes: attributesOf(attributes),
    links: list(links).map((link) => {
      const { traceId, spanId } = fields(link, ["traceId", "spanId"]);
      return `${hex(traceId, 32)}-${hex(spanId, 16)}`;
    }),
    isError: code === 2,
  };
}

function hex(value: unknown, length: number): string {
  if (typeof value !== "string" || !new RegExp(`^[0-9a-f]{${length}}$`).test(value) || /^0+$/.test(value))
    throw new Error(`id ${String(value)}`);
  return value;
}

function attributesOf(json: unknown): Readonly<Record<string, string | boolean | number>> {
  const pairs = list(json).map((pair) => {
    const { key, value } = fields(pair, ["key", "value"]);
    if (typeof key !== "string" || key === "") throw new Error("an attribute has no key");
    const [entry, ...others] = Object.entries(fields(value, ["stringValue", "intValue", "doubleValue", "boolValue"]));
    if (entry === undefined || others.length > 0) throw new Error(`${key} does not have one value`);
    const [type, content] = entry;
    // 64-bit numbers are text in the JSON of protocol buffers.
    if (type === "intValue" && typeof content === "string" && /^-?\d+$/.test(content)) return [key, Number(content)];
    if (type === "stringValue" && typeof content === "string") return [key, content];
    if (type === "boolValue" && typeof content === "boolean") return [key, content];
    if (type === "doubleValue" && typeof content === "number") return [key, content];
    throw new Error(`${key} is no ${type}`);
  });
  if (new Set(pairs.map(([key]) => key)).size !== pairs.length) throw new Error("an attribute comes twice");
  return Object.fromEntries(pairs);
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`not a list: ${JSON.stringify(value)}`);
  return value;
}

function fields(value: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("not an object");
  for (const name of Object.keys(value)) if (!names.includes(name)) throw new Error(`the protocol has no ${name}`);
  return { ...value };
}
