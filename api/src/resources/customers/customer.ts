import { companyText } from "northwind-schema/row-text";
import type { RowOf } from "sqlproof";
import type { Issue } from "../../contract/answer.ts";
import { object } from "../../contract/object.ts";
import { nullable, type Of, oneOf, optional, text } from "../../contract/schema.ts";
import { shippingPolicies } from "../../ledger/policies.ts";
import { contactFields, contactMembers, namedBy } from "../contact.ts";
import { compact, isUnionVatId, vatIdIssues } from "../vat-id.ts";
import type { customerQueries } from "./queries.ts";

/**
 * How a customer is taxed: `domestic` pays taxes; nobody else does, and documents say why (`reverse_charge` within the
 * EU, `export` out of it, `exempt` for the reason that is given).
 */
export const taxTreatments = ["domestic", "reverse_charge", "export", "exempt"] as const;

const treatment = oneOf(taxTreatments, `Must be one of ${taxTreatments.join(", ")}.`);
const shippingPolicy = oneOf(shippingPolicies, `Must be one of ${shippingPolicies.join(", ")}.`);
const vatId = nullable(text(20));
const reason = nullable(text(255));

const writable = {
  ...contactFields,
  vat_id: optional(nullable(text(30))),
  tax_treatment: optional(treatment),
  tax_exemption_reason: optional(reason),
  shipping_policy: optional(nullable(shippingPolicy)),
} as const;

const shownMembers = {
  ...contactMembers,
  vat_id: vatId,
  tax_treatment: text(20),
  tax_exemption_reason: reason,
  // What an order does when not all of it is there; null follows the company.
  shipping_policy: nullable(text(20)),
} as const;

export const shown = object("Customer", shownMembers);
export const create = object("CustomerCreate", writable, { readOnly: ["id"], schema: { anyOf: namedBy } });
export const update = object("CustomerUpdate", writable, { answered: shownMembers });

type Fields = Of<typeof update>;
type CustomerRow = Omit<RowOf<typeof customerQueries.byIds>, "id" | "version">;

/** A customer after a write, as it is stored. */
export function written<Before extends CustomerRow>(before: Before, given: Fields): Before & { search_text: string } {
  const vat_id = given.vat_id === undefined ? before.vat_id : (compact(given.vat_id) ?? null);
  const row = { ...before, ...given, vat_id };
  return { ...row, search_text: companyText(row) };
}

type TaxFields = Pick<CustomerRow, "vat_id" | "tax_treatment" | "tax_exemption_reason">;

/** An issue for each of a customer's tax fields that cannot be right. A number may stay that an older rule accepted. */
export function taxIssues({ vat_id, tax_treatment, tax_exemption_reason }: TaxFields, before: TaxFields | null) {
  const issues: Issue[] = [...vatIdIssues(vat_id)];
  const refuse = (field: string, message: string) => issues.push({ pointer: `#/${field}`, code: "rule", message });
  if (vat_id !== null && vat_id.length > 20) refuse("vat_id", "Must have 20 letters and digits at most.");
  if (tax_treatment === "reverse_charge" && vat_id === null)
    refuse("vat_id", "Is needed for reverse charge: the invoice must name it.");
  const isSame = vat_id === before?.vat_id && tax_treatment === before.tax_treatment;
  if (tax_treatment === "reverse_charge" && vat_id !== null && !isSame && issues.length === 0 && !isUnionVatId(vat_id))
    refuse("vat_id", "Must be right and begin with a country of the European Union, or XI, for reverse charge.");
  if (tax_treatment === "exempt" && (tax_exemption_reason ?? "") === "")
    refuse("tax_exemption_reason", "Is needed for a customer who is exempt: the invoice must say why.");
  return issues;
}
