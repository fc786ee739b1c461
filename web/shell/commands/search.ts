import { read } from "../../api/browser.ts";
import type { Order } from "../../api/types.ts";

/** A search hit of the palette, with its address. */
export interface SearchHit {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  readonly href: string;
}

const most = 6;

interface Named {
  readonly id: number;
  readonly company?: string | null;
  readonly first_name?: string | null;
  readonly last_name?: string | null;
  readonly product_name?: string | null;
  readonly product_code?: string | null;
}

/**
 * Finds orders by number or words, and customers and products by words, the best matches first. What is called exactly
 * what was typed comes before all others.
 */
export async function search(typed: string, signal: AbortSignal): Promise<readonly SearchHit[]> {
  const text = typed.trim();
  if (text === "") return [];
  const q = encodeURIComponent(text);
  const [orders, customers, products] = await Promise.all([
    read<readonly Order[]>(`/api/orders?q=${q}&limit=${most}&sort=-id&include=customer`, signal),
    read<readonly Named[]>(`/api/customers?q=${q}&limit=${most}&sort=relevance`, signal),
    read<readonly Named[]>(`/api/products?q=${q}&limit=${most}&sort=relevance`, signal),
  ]);
  const named = [
    ...(customers.ok ? customers.data : []).map((row) => ({ row, hit: namedHit("customers", row) })),
    ...(products.ok ? products.data : []).map((row) => ({ row, hit: namedHit("products", row) })),
  ];
  const isExact = ({ row, hit }: (typeof named)[number]) =>
    [hit.name, row.product_code].some((name) => isSame(name, text));
  const hits = (some: typeof named) => some.map(({ hit }) => hit);
  return [
    ...hits(named.filter(isExact)),
    ...(orders.ok ? orders.data : []).map(orderHit),
    ...hits(named.filter((one) => !isExact(one))),
  ];
}

function isSame(name: string | null | undefined, typed: string): boolean {
  return typeof name === "string" && name.localeCompare(typed, undefined, { sensitivity: "base" }) === 0;
}

function orderHit({ id, customer, ship_name }: Order): SearchHit {
  const name = customer?.company ?? ship_name ?? "";
  return { key: `order-${id}`, name: `#${id}`, about: name, href: `/orders/${id}` };
}

function namedHit(resource: "customers" | "products", row: Named): SearchHit {
  const person = [row.first_name, row.last_name].filter((part) => part).join(" ");
  const name = row.product_name ?? row.company ?? person;
  const about = row.company && person !== "" ? person : "";
  return {
    key: `${resource}-${row.id}`,
    name: name === "" ? `#${row.id}` : name,
    about,
    href: `/${resource}/${row.id}`,
  };
}
