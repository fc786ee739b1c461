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
}

/** Finds orders by id or text, and customers and products by name. */
export async function search(typed: string, signal: AbortSignal): Promise<readonly SearchHit[]> {
  const text = typed.trim().replace(/^#/, "");
  if (text === "") return [];
  const q = encodeURIComponent(text);
  const [exact, orders, customers, products] = await Promise.all([
    /^[1-9]\d{0,9}$/.test(text) ? read<Order>(`/api/orders/${text}?include=customer`, signal) : null,
    read<readonly Order[]>(`/api/orders?q=${q}&limit=${most}&sort=-id&include=customer`, signal),
    read<readonly Named[]>(`/api/customers?q=${q}&limit=${most}`, signal),
    read<readonly Named[]>(`/api/products?q=${q}&limit=${most}`, signal),
  ]);
  const others = orders.ok ? orders.data : [];
  const found = exact?.ok === true ? [exact.data, ...others.filter(({ id }) => id !== exact.data.id)] : others;
  return [
    ...found.slice(0, most).map(orderHit),
    ...(customers.ok ? customers.data : []).map((row) => namedHit("customers", row)),
    ...(products.ok ? products.data : []).map((row) => namedHit("products", row)),
  ];
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
