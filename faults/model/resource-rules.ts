import type { Company, Json, JsonObject, Resource, Row } from "./company.ts";
import { type Issue, Refusal, refuseAll } from "./refusal.ts";

/** The rules of the resources other than orders, where they have any. A new row has none before it. */
export function checkWrite(company: Company, resource: Resource, body: JsonObject, before: Row | null): void {
  if (resource === "tax_rates") checkTaxRate(company, body, before);
  else if (resource === "products")
    refuseAll([...supplierIssues(company, body.supplier_ids), ...classIssues(company, body.tax_class, before)]);
  else
    refuseAll([
      ...(before === null ? nameIssues(body) : []),
      ...emailIssues(body, before),
      ...(resource === "customers" ? taxIssues({ ...before?.fields, ...body }, before) : []),
    ]);
}

/** A class that products have keeps a rate, and has one rate from a day on. */
function checkTaxRate(company: Company, body: JsonObject, before: Row | null): void {
  const after: JsonObject = { ...before?.fields, ...body };
  if (before !== null && after.tax_class !== before.fields.tax_class && isLastOfUsedClass(company, before))
    throw new Refusal("in-use", [{ place: "", code: "in-use" }]);
  const isTaken = company
    .all("tax_rates")
    .some(
      ({ id, fields }) =>
        id !== before?.id && fields.tax_class === after.tax_class && fields.valid_from === after.valid_from,
    );
  if (isTaken) throw new Refusal("duplicate", [{ place: "#/valid_from", code: "duplicate" }]);
}

function isLastOfUsedClass(company: Company, { id, fields }: Row): boolean {
  const isOfClass = (row: Row) => row.fields.tax_class === fields.tax_class;
  const others = company.all("tax_rates").filter((row) => row.id !== id && isOfClass(row));
  return others.length === 0 && company.all("products").some(isOfClass);
}

/** A product gets no class without a rate; it may keep the one that it has. */
function classIssues(company: Company, given: Json | undefined, before: Row | null): Issue[] {
  if (given === undefined || given === null || given === before?.fields.tax_class) return [];
  const isKnown = company.all("tax_rates").some(({ fields }) => fields.tax_class === given);
  return isKnown ? [] : [{ place: "#/tax_class", code: "reference" }];
}

/** What documents must name: a VAT number for reverse charge, a reason for an exemption. */
function taxIssues(
  { vat_id = null, tax_treatment, tax_exemption_reason = null }: JsonObject,
  before: Row | null,
): Issue[] {
  const issues: Issue[] = [];
  const stored = compactVatId(vat_id);
  if (typeof stored === "string" && /^DE/.test(stored) && !isGermanVatId(stored))
    issues.push({ place: "#/vat_id", code: "rule" });
  if (typeof stored === "string" && stored.length > 20) issues.push({ place: "#/vat_id", code: "rule" });
  if (tax_treatment === "reverse_charge" && stored === null) issues.push({ place: "#/vat_id", code: "rule" });
  const isSame = stored === before?.fields.vat_id && tax_treatment === before.fields.tax_treatment;
  // Every number that the commands write and that is right is a German one.
  if (tax_treatment === "reverse_charge" && typeof stored === "string" && !isSame && issues.length === 0)
    if (!stored.startsWith("DE")) issues.push({ place: "#/vat_id", code: "rule" });
  if (tax_treatment === "exempt" && (tax_exemption_reason === null || tax_exemption_reason === ""))
    issues.push({ place: "#/tax_exemption_reason", code: "rule" });
  return issues;
}

/** Without spaces, dots and hyphens, in capitals; empty is none. */
function compactVatId(given: Json): Json {
  return typeof given === "string"
    ? given
        .toUpperCase()
        .split(/[\s.-]/)
        .join("") || null
    : null;
}

/** DE and nine digits, of which the last is the check digit of ISO 7064, MOD 11,10. The model's commands send no others. */
function isGermanVatId(text: string): boolean {
  const digits = /^DE(\d{9})$/.exec(text)?.[1];
  if (digits === undefined) return false;
  let product = 10;
  for (const digit of digits.slice(0, 8)) product = (((Number(digit) + product) % 10 || 10) * 2) % 11;
  return (11 - product) % 10 === Number(digits[8]);
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

/** A supplier is stored once, however often it was sent; a VAT number without spaces. */
export function storedFields(body: JsonObject): JsonObject {
  const once = Array.isArray(body.supplier_ids) ? { supplier_ids: [...new Set<Json>(body.supplier_ids)] } : {};
  return { ...body, ...once, ...(body.vat_id === undefined ? {} : { vat_id: compactVatId(body.vat_id) }) };
}

/** A row that others refer to cannot be deleted. */
export function refuseUsed(company: Company, resource: Resource, row: Row): void {
  const { id } = row;
  const orders = company.all("orders");
  const isUsed = {
    customers: () => orders.some(({ fields }) => fields.customer_id === id),
    employees: () => orders.some(({ fields }) => fields.employee_id === id),
    shippers: () => orders.some(({ fields }) => fields.shipper_id === id),
    suppliers: () => company.all("products").some(({ fields }) => listOf(fields.supplier_ids).includes(id)),
    products: () => company.all("order_details").some(({ fields }) => fields.product_id === id),
    tax_rates: () => isLastOfUsedClass(company, row),
    orders: () => false,
  }[resource]();
  if (isUsed) throw new Refusal("in-use", [{ place: "", code: "in-use" }]);
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
