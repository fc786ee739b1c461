/** The number of orders in each status, whatever status is listed. */
export interface StatusCounts {
  /** Of one status, or of all. */
  readonly of: (status: string | null) => number;
}

/** The answer of `/api/orders/counts`. */
export interface CountsAnswer {
  readonly total: number;
  readonly by_status: readonly { readonly status_id: number | null; readonly orders: number }[];
}

export function statusCounts({ total, by_status }: CountsAnswer): StatusCounts {
  const sum = (status: number) =>
    // An order without a status counts as new.
    by_status.reduce((orders, row) => orders + ((row.status_id ?? 0) === status ? row.orders : 0), 0);
  return {
    of: (status) => (status === null ? total : status.split(",").reduce((orders, one) => orders + sum(Number(one)), 0)),
  };
}

/** The parameters of the counts: those of the list without status and sort. */
export function countsPath(params: string): string {
  const narrowed = new URLSearchParams(params);
  narrowed.delete("status_id");
  narrowed.delete("sort");
  const text = narrowed.toString();
  return text === "" ? "/api/orders/counts" : `/api/orders/counts?${text}`;
}
