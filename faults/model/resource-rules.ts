import type { Company, Json, JsonObject, Resource, Row } from "./company.ts";
import { type Issue, Refusal, refuseAll } from "./refusal.ts";

/** The rules of the resources other than orders, where they have any. A new row has none before it. */
export function checkWrite(company: Company, resource: Resource, body: JsonObject, before: Row | null): void {
  if (resource === "products") refuseAll(supplierIssues(company, body.supplier_ids));
  else refuseAll([...(before === null ? nameIssues(body) : []), ...emailIssues(body, before)]);
}

/** A new contact needs a name. */
function nameIssues({ company, first_name, last_name }: JsonObject): Issue[] {
  const isNamed = [company, first_name, last_name].some((part) => typeof part === "string" && part.trim() !== "");
  return isNamed ? [] : [{ place: "#/company", code: "rule" }];
}

/** A new e-mail address must be one; a contact may keep whatever it has. */
function emailIssues({ email_address: given }: JsonObject, before: Row | null): Issue[] {
  const isKept = given === before?.fields.email_address;
  if (typeof given !== "string" || given === "" || isKept || isEmail(given)) return [];
  return [{ place: "#/email_address", code: "text" }];
}

/** One address: a name and a host around one `@`. The host begins and ends with a letter or a digit. */
export function isEmail(text: string): boolean {
  const [name = "", host = "", ...others] = text.split("@");
  const isHost = /^[\p{L}\p{N}.-]+$/u.test(host) && !/^[.-]|[.-]$/.test(host);
  return others.length === 0 && isHost && /^[\p{L}\p{N}.!#$%'*+/=^_`{|}~-]+$/u.test(name);
}

function supplierIssues(company: Company, ids: Json | undefined): Issue[] {
  if (!Array.isArray(ids)) return [];
  return ids.flatMap((id: Json, index) =>
    typeof id === "number" && company.rows.suppliers.has(id)
      ? []
      : [{ place: `#/supplier_ids/${index}`, code: "reference" }],
  );
}

/** A supplier is stored once, however often it was sent. */
export function storedFields(body: JsonObject): JsonObject {
  return Array.isArray(body.supplier_ids) ? { ...body, supplier_ids: [...new Set<Json>(body.supplier_ids)] } : body;
}

/** A row that others refer to cannot be deleted. */
export function refuseUsed(company: Company, resource: Resource, { id }: Row): void {
  const orders = company.all("orders");
  const isUsed = {
    customers: () => orders.some(({ fields }) => fields.customer_id === id),
    employees: () => orders.some(({ fields }) => fields.employee_id === id),
    shippers: () => orders.some(({ fields }) => fields.shipper_id === id),
    suppliers: () => company.all("products").some(({ fields }) => listOf(fields.supplier_ids).includes(id)),
    products: () => company.all("order_details").some(({ fields }) => fields.product_id === id),
    orders: () => false,
  }[resource]();
  if (isUsed) throw new Refusal("in-use", [{ place: "", code: "in-use" }]);
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
