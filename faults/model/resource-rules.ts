import type { Company, Json, JsonObject, Noun, Row } from "./company.ts";
import { type Fault, Refusal, refuseAll } from "./refusal.ts";

/** Rules of the nouns that are not orders, where they have any. */
export function checkWrite(company: Company, noun: Noun, body: JsonObject, action: "create" | "update"): void {
  if (noun === "products") refuseAll(supplierFaults(company, body.supplier_ids));
  else if (action === "create") refuseNameless(body);
}

/** A new party can be told from the others. */
function refuseNameless({ company, first_name, last_name }: JsonObject): void {
  const isNamed = [company, first_name, last_name].some((part) => typeof part === "string" && part.trim() !== "");
  if (!isNamed) throw new Refusal("rule", [{ place: "#/company", code: "rule" }]);
}

function supplierFaults(company: Company, ids: Json | undefined): Fault[] {
  if (!Array.isArray(ids)) return [];
  return ids.flatMap((id: Json, index) =>
    typeof id === "number" && company.rows.suppliers.has(id)
      ? []
      : [{ place: `#/supplier_ids/${index}`, code: "reference" }],
  );
}

/** A supplier stands in the list once, however often it was sent. */
export function storedFields(body: JsonObject): JsonObject {
  return Array.isArray(body.supplier_ids) ? { ...body, supplier_ids: [...new Set<Json>(body.supplier_ids)] } : body;
}

/** Nothing goes away that others refer to. */
export function refuseUsed(company: Company, noun: Noun, { id }: Row): void {
  const orders = company.all("orders");
  const isUsed = {
    customers: () => orders.some(({ fields }) => fields.customer_id === id),
    employees: () => orders.some(({ fields }) => fields.employee_id === id),
    shippers: () => orders.some(({ fields }) => fields.shipper_id === id),
    suppliers: () => company.all("products").some(({ fields }) => listOf(fields.supplier_ids).includes(id)),
    products: () => company.all("order_details").some(({ fields }) => fields.product_id === id),
    orders: () => false,
  }[noun]();
  if (isUsed) throw new Refusal("in-use", [{ place: "", code: "in-use" }]);
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
