// The company behind the orders is changed by the same form as a customer or a product, but there is only one.
import { currencyCodes } from "northwind-api/src/company/currency.ts";
import { locales } from "../messages/text.ts";
import { type FieldGroup, type FormFields, shippingPolicyWords } from "./resource.ts";

const invoicingPolicyWords = {
  "before-shipment": "policy.beforeShipment",
  "on-shipment": "policy.onShipment",
} as const;

const groups: readonly FieldGroup[] = [
  {
    title: "company.who",
    fields: [
      { name: "name", label: "field.name", kind: "line", max: 100, autoComplete: "organization" },
      { name: "address", label: "field.address", kind: "lines", max: 255, autoComplete: "street-address" },
      { name: "zip_postal_code", label: "field.zip", kind: "line", max: 15, autoComplete: "postal-code" },
      { name: "city", label: "field.city", kind: "line", max: 50, autoComplete: "address-level2" },
      { name: "state_province", label: "field.state", kind: "line", max: 50, autoComplete: "address-level1" },
      { name: "country_region", label: "field.country", kind: "line", max: 50, autoComplete: "country-name" },
    ],
  },
  {
    title: "company.place",
    fields: [
      { name: "currency", label: "company.currency", kind: "choice", choices: currencyCodes },
      { name: "language", label: "company.language", kind: "choice", choices: locales },
      { name: "time_zone", label: "company.timeZone", kind: "line", max: 64, required: true },
      { name: "working_days", label: "company.workingDays", kind: "weekdays" },
    ],
  },
  {
    title: "company.numbers",
    fields: [
      { name: "vat_id", label: "company.vatId", kind: "line", max: 20 },
      { name: "iban", label: "company.iban", kind: "line", max: 42 },
      { name: "bic", label: "company.bic", kind: "line", max: 11 },
      { name: "invoice_prefix", label: "company.invoicePrefix", kind: "prefix", max: 10 },
      { name: "credit_note_prefix", label: "company.creditNotePrefix", kind: "prefix", max: 10 },
      { name: "purchase_order_prefix", label: "company.purchaseOrderPrefix", kind: "prefix", max: 10 },
    ],
  },
  {
    title: "company.terms",
    fields: [
      { name: "payment_days", label: "company.paymentDays", kind: "count", required: true },
      { name: "terms", label: "company.termsText", kind: "lines", max: 2000 },
    ],
  },
  {
    title: "company.trade",
    fields: [
      {
        ...{ name: "shipping_policy", label: "field.shippingPolicy", kind: "choice" },
        ...{ choices: Object.keys(shippingPolicyWords), words: shippingPolicyWords },
      },
      {
        ...{ name: "invoicing_policy", label: "company.invoicingPolicy", kind: "choice" },
        ...{ choices: Object.keys(invoicingPolicyWords), words: invoicingPolicyWords },
      },
      { name: "over_receipt_tolerance", label: "company.overReceipt", kind: "rate", required: true },
    ],
  },
];

/** The form of the company, at /company. */
export const companyForm: FormFields = { plural: "company", title: "nav.company", groups };
