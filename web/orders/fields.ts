// Orders: list/ is the grid of all orders, detail/ the page of one, form/ the form. The files beside them are what
// these three share: fields, names, searches, steps.

/** The fields of an order that a clerk writes, by what they hold; the names are the API's. */
export const choiceFields = ["customer_id", "employee_id", "shipper_id"] as const;
export const shipFields = [
  "ship_name",
  "ship_address",
  "ship_city",
  "ship_state_province",
  "ship_zip_postal_code",
  "ship_country_region",
] as const;
export const textFields = [...shipFields, "payment_type", "notes", "correction_reason"] as const;
export const amountFields = ["shipping_fee", "taxes"] as const;
export const dateFields = ["order_date", "shipped_date", "paid_date"] as const;
export const typedFields = [...textFields, ...amountFields, ...dateFields, "tax_rate", "tax_status_id"] as const;
export const detailFields = ["product_id", "quantity", "unit_price", "discount"] as const;

export type ChoiceField = (typeof choiceFields)[number];
export type ShipField = (typeof shipFields)[number];
export type DateField = (typeof dateFields)[number];
export type TypedField = (typeof typedFields)[number];
export type DetailField = (typeof detailFields)[number];
export type OrderField = ChoiceField | TypedField | "status_id";

export function isOneOf<T extends string>(names: readonly T[], name: string): name is T {
  return names.some((known) => known === name);
}
