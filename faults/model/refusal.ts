import type { Json } from "./company.ts";

/** What is wrong and where: `#/taxes scale`, `If-Match precondition`, or the code alone. */
export interface Fault {
  readonly place: string;
  readonly code: string;
}

const statuses: Readonly<Record<string, number>> = {
  ...{ "bad-request": 400, "bad-id": 400, "bad-query": 400, "not-found": 404, "in-use": 409, state: 409 },
  ...{ precondition: 412, "unknown-field": 422, "read-only": 422, required: 422, type: 422, "decimal-format": 422 },
  ...{ scale: 422, range: 422, text: 422, "date-format": 422, "idempotency-mismatch": 422, reference: 422, rule: 422 },
};

/** The model's refusal: everything that was found wrong at once. Its code is that of the first fault. */
export class Refusal extends Error {
  readonly status: number;

  constructor(
    readonly code: string,
    readonly faults: readonly Fault[],
    /** What a refusal for a stale version shows: the tag of now and the resource as it is. */
    readonly current: { readonly etag: string; readonly data: Json } | null = null,
  ) {
    super(code);
    const status = statuses[code];
    if (status === undefined) throw new RangeError(`a code without a status: ${code}`);
    this.status = status;
  }
}

/** Refuses when anything was found. */
export function refuseAll(faults: readonly Fault[]): void {
  const [first] = faults;
  if (first !== undefined) throw new Refusal(first.code, faults);
}
