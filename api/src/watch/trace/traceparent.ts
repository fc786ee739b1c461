/** Where a request comes from, by the header `traceparent` of the W3C. */
export interface Caller {
  readonly traceId: string;
  readonly spanId: string;
  readonly isSampled: boolean;
}

const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** Reads the header; null if it is missing or not as it must be, and then a new trace begins. */
export function readTraceparent(header: string | null): Caller | null {
  const [, version = "", traceId = "", spanId = "", flags = "", more] = form.exec(header?.trim() ?? "") ?? [];
  if (version === "" || version === "ff" || (version === "00" && more !== undefined)) return null;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export function writeTraceparent({ traceId, spanId, isSampled }: Caller): string {
  return `00-${traceId}-${spanId}-${isSampled ? "01" : "00"}`;
}
