/** What an order does when not all of it is there, and when its invoice is written. */
export const shippingPolicies = ["complete", "partial", "ask"] as const;
export type ShippingPolicy = (typeof shippingPolicies)[number];

export const invoicingPolicies = ["before-shipment", "on-shipment"] as const;
export type InvoicingPolicy = (typeof invoicingPolicies)[number];

/** The policy of the order, else of its customer, else of the company. A word that nobody knows counts as none. */
export function policyOf(...words: readonly (string | null | undefined)[]): ShippingPolicy {
  for (const word of words) {
    const known = shippingPolicies.find((policy) => policy === word);
    if (known !== undefined) return known;
  }
  return "partial";
}
