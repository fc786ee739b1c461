import { get } from "../api/server.ts";
import type { SupplierName } from "./form/draft.ts";
import { nameOf, type ResourceRow } from "./resource.ts";

/** The names of a product's suppliers, each read once. */
export async function supplierNames({ supplier_ids: ids }: ResourceRow): Promise<SupplierName> {
  const wanted = Array.isArray(ids) ? ids : [];
  const replies = await Promise.all(wanted.map((id) => get<ResourceRow>(`/api/suppliers/${id}`)));
  const names = new Map(
    replies.flatMap((reply) => (reply.ok ? [[reply.data.id, nameOf("suppliers", reply.data)] as const] : [])),
  );
  return (id) => names.get(id) ?? `#${id}`;
}
