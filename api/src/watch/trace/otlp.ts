import type { Attributes, Span } from "./span.ts";

/** The numbers of OTLP for the types of spans. */
const types = { internal: 1, server: 2, client: 3 } as const;
const statusError = 2;
/** W3C's flags: the span is sampled, and it is known whether its parent is in another process. */
const sampled = 1;
const parentIsKnown = 0x100;
const parentIsElsewhere = 0x200;

/** What is said of the program that the spans come from. */
export interface Resource {
  readonly service: string;
  readonly version: string;
  readonly instance: string;
}

/** Spans as the JSON of OTLP/HTTP (opentelemetry-proto 1.x): ids as hexadecimal text, 64-bit numbers as text. */
export function otlpJson(spans: readonly Span[], { service, version, instance }: Resource, clock: Clock): string {
  const resource = { "service.name": service, "service.version": version, "service.instance.id": instance };
  const scope = { name: "northwind-api", version };
  const scopeSpans = [{ scope, spans: spans.map((span) => otlpSpan(span, clock)) }];
  return JSON.stringify({ resourceSpans: [{ resource: { attributes: pairs(resource) }, scopeSpans }] });
}

function otlpSpan(span: Span, clock: Clock): object {
  const { traceId, parentId, traceState, name, type, startedAt, links = [] } = span.options;
  const elsewhere = type === "server" && parentId !== null ? parentIsElsewhere : 0;
  return {
    ...{ traceId, spanId: span.id, name, kind: types[type], flags: sampled | parentIsKnown | elsewhere },
    ...(parentId === null ? {} : { parentSpanId: parentId }),
    ...(traceState === null ? {} : { traceState }),
    startTimeUnixNano: clock.nanoseconds(startedAt),
    endTimeUnixNano: clock.nanoseconds(Math.max(startedAt, span.endedAt)),
    attributes: pairs(span.attributes),
    links: links.map((link) => ({ traceId: link.options.traceId, spanId: link.id })),
    status: span.failed ? { code: statusError } : {},
  };
}

function pairs(attributes: Attributes): readonly object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: string | number | boolean): object {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

const jumpMs = 50;

/** Turns times of `performance.now()` into those of the calendar, all by the same difference unless the clock jumps. */
export class Clock {
  #offsetMs = performance.timeOrigin;

  /** In nanoseconds since 1970, as text, because a number would round them. */
  nanoseconds(at: number): string {
    const now = Date.now() - performance.now();
    if (Math.abs(now - this.#offsetMs) > jumpMs) this.#offsetMs = now;
    const ms = this.#offsetMs + at;
    const whole = Math.floor(ms);
    const rest = Math.min(999_999, Math.round((ms - whole) * 1e6));
    return `${whole}${String(rest).padStart(6, "0")}`;
  }
}
