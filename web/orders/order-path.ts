/** Where an order is in the API. In a file of its own: every list of orders loads it. */
export function orderPath(id: number): string {
  return `/api/orders/${id}`;
}
