// The pages of customers, employees, shippers, suppliers, products and tax rates. They all follow from the fields declared here:
// list, detail page and form.
import { mayIn, type Right, type Session } from "../api/session/session.ts";
import type { MessageKey } from "../messages/text.ts";

/** One field of a form and of a detail page. */
export interface ResourceField {
  readonly name: string;
  readonly label: MessageKey;
  readonly kind:
    | "line"
    | "lines"
    | "amount"
    | "count"
    /** A rate in per cent. */
    | "rate"
    | "day"
    | "taxClass"
    | "switch"
    | "suppliers"
    | "choice"
    | "weekdays"
    /** A text that may be empty, but not absent. */
    | "prefix";
  /** The codes among which a choice is made; the empty one stands for none. */
  readonly choices?: readonly string[];
  /** How they are called, unless they are codes of currencies or languages. */
  readonly words?: Readonly<Record<string, MessageKey>>;
  /** As many characters as the API takes. */
  readonly max?: number;
  readonly autoComplete?: string;
  readonly required?: true;
  /** Whoever lacks this right sees no such field. */
  readonly right?: Right;
}

/** Fields that belong together. */
export interface FieldGroup {
  readonly title: MessageKey;
  /** Its title for whoever sees no prices. */
  readonly unpricedTitle?: MessageKey;
  readonly fields: readonly ResourceField[];
}

/** A form that follows from its fields. */
export interface FormFields {
  /** Also the path of the pages and of the API. */
  readonly plural: ResourceName | "company";
  readonly title: MessageKey;
  readonly groups: readonly FieldGroup[];
}

/** A resource whose pages follow from its fields. */
export interface Resource extends FormFields {
  readonly plural: ResourceName;
  readonly add: MessageKey;
  /** The columns of the list beside the name. */
  readonly columns: readonly string[];
  /** The parameter of the list of orders that names this resource, null when orders do not refer to it. */
  readonly orderFilter: "customer_id" | "employee_id" | "shipper_id" | null;
}

/** The right to change a resource. */
export function rightToWrite(plural: ResourceName): Right {
  return plural === "tax_rates" ? "write-tax-rates" : `write-${plural}`;
}

export const contactNames = ["customers", "employees", "shippers", "suppliers"] as const;
export type ResourceName = (typeof contactNames)[number] | "products" | "tax_rates";

/** A row of any resource, as the API answers it. */
export type ResourceRow = { readonly id: number } & Readonly<Record<string, ResourceValue>>;
export type ResourceValue = string | number | boolean | null | readonly number[] | undefined;

const person: FieldGroup = {
  title: "resource.who",
  fields: [
    { name: "company", label: "field.company", kind: "line", max: 50, autoComplete: "organization" },
    { name: "first_name", label: "field.firstName", kind: "line", max: 50, autoComplete: "given-name" },
    { name: "last_name", label: "field.lastName", kind: "line", max: 50, autoComplete: "family-name" },
    { name: "job_title", label: "field.jobTitle", kind: "line", max: 50, autoComplete: "organization-title" },
  ],
};

const contact: FieldGroup = {
  title: "resource.contact",
  fields: [
    { name: "email_address", label: "field.email", kind: "line", max: 50, autoComplete: "email" },
    { name: "business_phone", label: "field.businessPhone", kind: "line", max: 25, autoComplete: "tel" },
    { name: "mobile_phone", label: "field.mobilePhone", kind: "line", max: 25 },
    { name: "home_phone", label: "field.homePhone", kind: "line", max: 25 },
    { name: "fax_number", label: "field.fax", kind: "line", max: 25 },
    { name: "web_page", label: "field.webPage", kind: "line", max: 65_535, autoComplete: "url" },
  ],
};

const address: FieldGroup = {
  title: "resource.address",
  fields: [
    { name: "address", label: "field.address", kind: "lines", max: 65_535, autoComplete: "street-address" },
    { name: "city", label: "field.city", kind: "line", max: 50, autoComplete: "address-level2" },
    { name: "state_province", label: "field.state", kind: "line", max: 50, autoComplete: "address-level1" },
    { name: "zip_postal_code", label: "field.zip", kind: "line", max: 15, autoComplete: "postal-code" },
    { name: "country_region", label: "field.country", kind: "line", max: 50, autoComplete: "country-name" },
  ],
};

const notes: FieldGroup = {
  title: "resource.notes",
  fields: [{ name: "notes", label: "field.notes", kind: "lines", max: 65_535 }],
};

const taxes: FieldGroup = {
  title: "resource.taxes",
  fields: [
    { name: "vat_id", label: "company.vatId", kind: "line", max: 30 },
    {
      ...{ name: "tax_treatment", label: "field.taxTreatment", kind: "choice" },
      choices: ["domestic", "reverse_charge", "export", "exempt"],
      words: {
        domestic: "treatment.domestic",
        reverse_charge: "treatment.reverseCharge",
        export: "treatment.export",
        exempt: "treatment.exempt",
      },
    },
    { name: "tax_exemption_reason", label: "field.taxExemptionReason", kind: "line", max: 255 },
  ],
};

/** What an order does when not all of it is there: the words of the codes. */
export const shippingPolicyWords = {
  partial: "policy.partial",
  complete: "policy.complete",
  ask: "policy.ask",
} as const satisfies Readonly<Record<string, MessageKey>>;

const delivery: FieldGroup = {
  title: "resource.delivery",
  fields: [
    {
      ...{ name: "shipping_policy", label: "field.shippingPolicy", kind: "choice" },
      choices: ["", ...Object.keys(shippingPolicyWords)],
      words: { "": "policy.company", ...shippingPolicyWords },
    },
  ],
};

const contactGroups = [person, contact, address, notes] as const;
const customerGroups = [person, contact, address, taxes, delivery, notes] as const;
const contactColumns = ["city", "country_region", "business_phone", "email_address"] as const;

const productGroups: readonly FieldGroup[] = [
  {
    title: "resource.product",
    fields: [
      { name: "product_name", label: "field.productName", kind: "line", max: 50, required: true },
      { name: "product_code", label: "field.productCode", kind: "line", max: 25 },
      { name: "category", label: "field.category", kind: "line", max: 50 },
      { name: "quantity_per_unit", label: "field.quantityPerUnit", kind: "line", max: 50 },
      { name: "description", label: "field.description", kind: "lines", max: 65_535 },
      { name: "discontinued", label: "field.discontinued", kind: "switch" },
    ],
  },
  {
    title: "resource.prices",
    unpricedTitle: "resource.supply",
    fields: [
      { ...{ name: "list_price", label: "field.listPrice", kind: "amount" }, required: true, right: "see-prices" },
      { name: "standard_cost", label: "field.standardCost", kind: "amount", right: "see-costs" },
      { name: "tax_class", label: "field.taxClass", kind: "taxClass", max: 50 },
      { name: "supplier_ids", label: "field.suppliers", kind: "suppliers" },
    ],
  },
  {
    title: "resource.stock",
    fields: [
      { name: "stocked", label: "field.stocked", kind: "switch" },
      { name: "sold_in_fractions", label: "field.soldInFractions", kind: "switch" },
      { name: "reorder_level", label: "field.reorderLevel", kind: "count" },
      { name: "target_level", label: "field.targetLevel", kind: "count" },
      { name: "minimum_reorder_quantity", label: "field.minimumReorder", kind: "count" },
      { name: "location", label: "field.location", kind: "line", max: 50 },
    ],
  },
];

const taxRateGroups: readonly FieldGroup[] = [
  {
    title: "resource.taxRate",
    fields: [
      { name: "tax_class", label: "field.taxClass", kind: "line", max: 50, required: true },
      { name: "valid_from", label: "field.validFrom", kind: "day", required: true },
      { name: "tax_rate", label: "order.tax_rate", kind: "rate", required: true },
    ],
  },
];

const resources: Readonly<Record<ResourceName, Resource>> = {
  customers: {
    ...{ plural: "customers", title: "nav.customers", add: "resource.addCustomer" },
    ...{ groups: customerGroups, columns: contactColumns, orderFilter: "customer_id" },
  },
  employees: {
    ...{ plural: "employees", title: "nav.employees", add: "resource.addEmployee" },
    ...{ groups: contactGroups, columns: ["job_title", "city", "business_phone", "email_address"] },
    orderFilter: "employee_id",
  },
  shippers: {
    ...{ plural: "shippers", title: "nav.shippers", add: "resource.addShipper" },
    ...{ groups: contactGroups, columns: contactColumns, orderFilter: "shipper_id" },
  },
  suppliers: {
    ...{ plural: "suppliers", title: "nav.suppliers", add: "resource.addSupplier" },
    ...{ groups: contactGroups, columns: contactColumns, orderFilter: null },
  },
  products: {
    ...{ plural: "products", title: "nav.products", add: "resource.addProduct" },
    ...{
      groups: productGroups,
      columns: ["product_code", "category", "list_price", "discontinued"],
      orderFilter: null,
    },
  },
  tax_rates: {
    ...{ plural: "tax_rates", title: "nav.taxRates", add: "resource.addTaxRate" },
    ...{ groups: taxRateGroups, columns: ["valid_from", "tax_rate"], orderFilter: null },
  },
};

/** The resource of a path, or null when there is none. */
export function resourceOf(path: string): Resource | null {
  const name = Object.keys(resources).find((plural): plural is ResourceName => plural === path);
  return name === undefined ? null : resources[name];
}

export function resourceNamed(plural: ResourceName): Resource {
  return resources[plural];
}

/** The name of a row: of a tax rate its class, of a product its name, of a contact the company or person, of an employee the person. */
export function nameOf(plural: ResourceName, row: ResourceRow): string {
  const person = fullName(row);
  const names = plural === "employees" ? [person, row.company] : [row.product_name, row.company, person];
  if (plural === "tax_rates") names.unshift(row.tax_class);
  return names.find(isName) ?? `#${row.id}`;
}

/** The person of a company, when both are known and the company gives the name. */
export function personOf(plural: ResourceName, row: ResourceRow): string | null {
  const person = fullName(row);
  return plural !== "employees" && isName(row.company) && person !== "" ? person : null;
}

/** More about a row than its name: below the heading of its page. */
export function aboutOf(plural: ResourceName, row: ResourceRow): string {
  if (plural === "tax_rates") return String(row.valid_from);
  const more = plural === "products" ? [row.product_code, row.category] : [row.job_title];
  const words =
    plural === "products" || plural === "employees" ? more.filter(isName).join(" · ") : personOf(plural, row);
  return words || `#${row.id}`;
}

function fullName({ first_name, last_name }: ResourceRow): string {
  return [first_name, last_name].filter(isName).join(" ");
}

function isName(value: ResourceValue): value is string {
  return typeof value === "string" && value.trim() !== "";
}

/** Whether a user sees a field. */
export function isSeen({ right }: ResourceField, session: Session): boolean {
  return right === undefined || mayIn(session, right);
}

/** The groups with the fields that a user sees. */
export function groupsFor({ groups }: FormFields, session: Session): readonly FieldGroup[] {
  return groups.map((group) => ({
    title: mayIn(session, "see-prices") ? group.title : (group.unpricedTitle ?? group.title),
    fields: group.fields.filter((field) => isSeen(field, session)),
  }));
}

/** Every field of a resource in the order of its form. */
export function fieldsOf(resource: FormFields): readonly ResourceField[] {
  return resource.groups.flatMap(({ fields }) => fields);
}
