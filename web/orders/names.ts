import type { ShipField } from "./fields.ts";

/** The names of the statuses of orders, by their ids. */
export const statusLabels = (["new", "invoiced", "shipped", "closed", "cancelled"] as const).map(
  (name) => `status.${name}` as const,
);

/** What a name is made of. Any part may be missing. */
interface Named {
  readonly id: number;
  readonly company?: string | null;
  readonly first_name?: string | null;
  readonly last_name?: string | null;
}

/** First and last name, as far as there are any. */
export function personName({ first_name, last_name }: Named): string {
  return [first_name, last_name].filter((part) => part).join(" ");
}

/** How a customer or shipper is called: the company, else the person, else the number. */
export function companyName(contact: Named): string {
  return contact.company || personName(contact) || `#${contact.id}`;
}

/** How an employee is called: the person, because all have the same company. */
export function employeeName(contact: Named): string {
  return personName(contact) || contact.company || `#${contact.id}`;
}

export interface ProductName {
  readonly id: number;
  readonly product_name: string | null;
  readonly product_code: string | null;
}

export function productName({ id, product_name, product_code }: ProductName): string {
  return product_name || product_code || `#${id}`;
}

interface SoldDetail extends Omit<ProductName, "id"> {
  readonly product_id: number | null;
}

/** How the product of a detail was called when it was sold. */
export function soldName({ product_id, product_name, product_code }: SoldDetail): string {
  return product_name || product_code || (product_id === null ? "–" : `#${product_id}`);
}

/** Code and unit of the product of a detail as sold, as far as there are any. */
export function soldUnit(detail: SoldDetail & { readonly quantity_per_unit: string | null }): string {
  return [detail.product_code, detail.quantity_per_unit].filter((part) => part).join(" · ");
}

/** A customer, as far as an order is sent to one. */
export interface Addressee extends Named {
  readonly address: string | null;
  readonly city: string | null;
  readonly state_province: string | null;
  readonly zip_postal_code: string | null;
  readonly country_region: string | null;
}

/** The ship-to address of this customer: "First Last", else whichever there is, else the company. */
export function shipToOf(customer: Addressee): Readonly<Record<ShipField, string>> {
  return {
    ship_name: personName(customer) || customer.company || "",
    ship_address: customer.address ?? "",
    ship_city: customer.city ?? "",
    ship_state_province: customer.state_province ?? "",
    ship_zip_postal_code: customer.zip_postal_code ?? "",
    ship_country_region: customer.country_region ?? "",
  };
}

/** Name and address as on an envelope, without empty lines. */
export function postalAddress(contact: Addressee): string {
  const { address, zip_postal_code, city, state_province, country_region } = contact;
  const [name, person] = [companyName(contact), personName(contact)];
  const town = [zip_postal_code, city].filter((part) => part).join(" ");
  const lines = [name, person === name ? "" : person, address, town, state_province, country_region];
  return lines.filter((line) => line).join("\n");
}
