import type { PurchaseOrder, SupplierProduct } from "northwind-api/src/purchasing/fields.ts";
import type { ApiError, Reply } from "../api/reply.ts";
import { get } from "../api/server.ts";
import { type Addressee, companyName } from "../orders/names.ts";

interface Supplier {
  readonly id: number;
  readonly company: string | null;
}

/** A supplier to choose. */
export interface SupplierChoice {
  readonly id: number;
  readonly name: string;
}

/** A purchase order with the version that was read. */
export interface LoadedPurchase {
  readonly ok: true;
  readonly order: PurchaseOrder;
  readonly etag: string | null;
}

/** Reads a purchase order with its details and what may be done with it. */
export async function loadPurchase(id: string): Promise<LoadedPurchase | ApiError> {
  const reply = await get<PurchaseOrder>(`/api/purchase_orders/${encodeURIComponent(id)}?include=actions`);
  return reply.ok ? { ok: true, order: reply.data, etag: reply.etag } : reply;
}

/** The supplier of a purchase order; null where it has none, or it cannot be read. */
export async function loadSupplier(id: number | null): Promise<Addressee | null> {
  const reply = id === null ? null : await get<Addressee>(`/api/suppliers/${id}`);
  return reply?.ok === true ? reply.data : null;
}

/** The most products that the API takes in one question. */
const mostAsked = 500;

/** How a supplier calls products, as far as it is known. */
export async function codesOf(supplierId: number | null, products: readonly (number | null)[]) {
  const codes = new Map<number, string>();
  const asked = [...new Set(products)].filter((id) => id !== null);
  if (supplierId === null) return codes;
  for (let place = 0; place < asked.length; place += mostAsked) {
    const some = asked.slice(place, place + mostAsked).join();
    const path = `/api/suppliers/${supplierId}/products?products=${some}&limit=${mostAsked}`;
    const reply = await get<readonly Pick<SupplierProduct, "product_id" | "supplier_product_code">[]>(path);
    if (!reply.ok) return codes;
    for (const { product_id, supplier_product_code: code } of reply.data) if (code) codes.set(product_id, code);
  }
  return codes;
}

/** The names of suppliers, each read once; of one that cannot be read it is the number. */
export async function supplierNames(ids: readonly (number | null)[]): Promise<(id: number | null) => string> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  const replies = await Promise.all(wanted.map((id) => get<Supplier>(`/api/suppliers/${id}`)));
  const names = new Map(
    replies.flatMap((reply) => (reply.ok ? [[reply.data.id, companyName(reply.data)] as const] : [])),
  );
  return (id) => (id === null ? "–" : (names.get(id) ?? `#${id}`));
}

/** All suppliers by name. */
export async function allSuppliers(): Promise<readonly SupplierChoice[]> {
  const all: SupplierChoice[] = [];
  let cursor: string | null = null;
  do {
    const asked = new URLSearchParams({ limit: "1000", sort: "name", ...(cursor === null ? {} : { cursor }) });
    const reply: Reply<readonly Supplier[]> = await get<readonly Supplier[]>(`/api/suppliers?${asked}`);
    if (!reply.ok) break;
    all.push(...reply.data.map((row) => ({ id: row.id, name: companyName(row) })));
    cursor = reply.page?.next_cursor ?? null;
  } while (cursor !== null);
  return all;
}
