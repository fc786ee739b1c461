import type { Json } from "./company.ts";

/** A validation issue: what is wrong and where, like `#/taxes scale` or `If-Match precondition`. */
export interface Issue {
  readonly place: string;
  readonly code: string;
}

const statuses: Readonly<Record<string, number>> = {
  ...{ "bad-request": 400, "bad-id": 400, "bad-query": 400, "not-found": 404, "in-use": 409, state: 409 },
  ...{ duplicate: 409 },
  ...{ precondition: 412, "unknown-field": 422, "read-only": 422, required: 422, type: 422, "decimal-format": 422 },
  ...{ scale: 422, range: 422, text: 422, "date-format": 422, "idempotency-mismatch": 422, reference: 422, rule: 422 },
  ...{ discontinued: 422, correction: 422 },
};

/** The model's refusal, with every issue at once. */
export class Refusal extends Error {
  readonly status: number;

  constructor(
    readonly code: string,
    readonly issues: readonly Issue[],
    /** Shown by a refusal for a stale version: the current tag and the current resource. */
    readonly current: { readonly etag: string; readonly data: Json } | null = null,
  ) {
    super(code);
    const status = statuses[code];
    if (status === undefined) throw new RangeError(`a code without a status: ${code}`);
    this.status = status;
  }
}

/** Throws a refusal if there are issues; its code is that of the first one. */
export function refuseAll(issues: readonly Issue[]): void {
  const [first] = issues;
  if (first !== undefined) throw new Refusal(first.code, issues);
}
