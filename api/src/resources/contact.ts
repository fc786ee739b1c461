import { companyText, employeeText } from "northwind-schema/row-text";
import type { RowOf, Transaction } from "sqlproof";
import { type Issue, refuseAll } from "../contract/answer.ts";
import { object } from "../contract/object.ts";
import { described, id, nullable, type Of, optional, text } from "../contract/schema.ts";
import type { AuditedResource } from "../writes/audit/record.ts";
import { requireVersion } from "../writes/preconditions.ts";
import type { Resource } from "./crud.ts";
import { isEmailAddress } from "./email-address.ts";
import type { shipperQueries } from "./shippers/queries.ts";

// Customers, employees, shippers and suppliers are contacts: their tables have these columns. Each table has its own
// proven SQL, but all share these fields and rules. A customer has more (`customers/customer.ts`).

/** The statements of a contact table. They have the same types for employees, shippers and suppliers. */
type ContactQueries = typeof shipperQueries;
type ContactRow = RowOf<ContactQueries["byIds"]>;

const longText = 65_535;
const name = nullable(text(50));
const phone = nullable(text(25));
const email = described(name, {
  format: "email",
  description:
    "One address, with letters of any script: no name beside it, no list, no `?`. A contact that was imported with " +
    "another text may be sent back with it.",
  examples: ["anna@example.com"],
});
const long = nullable(text(longText, "lines"));

/** The fields of every contact that a client may write. */
export const contactFields = {
  company: optional(name),
  last_name: optional(name),
  first_name: optional(name),
  email_address: optional(email),
  job_title: optional(name),
  business_phone: optional(phone),
  home_phone: optional(phone),
  mobile_phone: optional(phone),
  fax_number: optional(phone),
  address: optional(long),
  city: optional(name),
  state_province: optional(name),
  zip_postal_code: optional(nullable(text(15))),
  country_region: optional(name),
  web_page: optional(long),
  notes: optional(long),
} as const;

/** The members of every contact in an answer. */
export const contactMembers = {
  id,
  company: name,
  last_name: name,
  first_name: name,
  email_address: name,
  job_title: name,
  business_phone: phone,
  home_phone: phone,
  mobile_phone: phone,
  fax_number: phone,
  address: long,
  city: name,
  state_province: name,
  zip_postal_code: nullable(text(15)),
  country_region: name,
  web_page: long,
  notes: long,
} as const;

/** A contact of which nothing is known. */
export const emptyContact = {
  company: null,
  last_name: null,
  first_name: null,
  email_address: null,
  job_title: null,
  business_phone: null,
  home_phone: null,
  mobile_phone: null,
  fax_number: null,
  address: null,
  city: null,
  state_province: null,
  zip_postal_code: null,
  country_region: null,
  web_page: null,
  notes: null,
} as const;

const body = object("ContactBody", contactFields, { readOnly: ["id"] });
type ContactBody = Of<typeof body>;
const shown = object("Contact", contactMembers);

/** What `namelessIssues` checks, for the OpenAPI document: a company, a first name or a last name. */
export const namedBy = ["company", "first_name", "last_name"].map((name) => ({
  required: [name],
  properties: { [name]: { type: "string", pattern: "\\S" } },
}));

interface ContactTable {
  readonly singular: AuditedResource;
  readonly rights: Resource<ContactRow, ContactBody, ContactBody, Of<typeof shown>>["rights"];
  readonly plural: string;
  readonly queries: ContactQueries;
  /** Throws 409 `in-use` if anything refers to the contact. */
  readonly refuseUsed: (tx: Transaction, id: number) => Promise<void>;
}

/** A contact table as a resource. */
export function contact({
  singular,
  plural,
  rights,
  queries,
  refuseUsed,
}: ContactTable): Resource<ContactRow, ContactBody, ContactBody, Of<typeof shown>> {
  const title = `${singular.charAt(0).toUpperCase()}${singular.slice(1)}`;
  const textOf = singular === "employee" ? employeeText : companyText;
  return {
    ...{ singular, plural, rights },
    searched:
      singular === "employee"
        ? "name, job title, city or e-mail address, or a phone number"
        : "company, name, city or e-mail address, or a phone number",
    shown: object(title, contactMembers),
    create: object(`${title}Create`, contactFields, { readOnly: ["id"], schema: { anyOf: namedBy } }),
    update: object(`${title}Update`, contactFields, { answered: contactMembers }),
    present: ({ version: _, ...contact }) => contact,
    byIds: queries.byIds,
    pages: queries.pages,
    lock: queries.lock,
    async insert(tx, given) {
      refuseAll([...namelessIssues(given), ...emailIssues(given, null)]);
      const row = { ...emptyContact, ...given };
      const { id } = await tx.one(queries.insert, { ...row, search_text: textOf(row) });
      return id;
    },
    async change(tx, before, given) {
      refuseAll(emailIssues(given, before.email_address));
      const row = { ...before, ...given };
      requireVersion(await tx.run(queries.update, { ...row, search_text: textOf(row) }));
    },
    async remove(tx, { id, version }) {
      await refuseUsed(tx, id);
      requireVersion(await tx.run(queries.delete, { id, version }));
    },
    refusals: ["rule"],
  };
}

/** The issue of a new contact without a name. Imported contacts may lack one. */
export function namelessIssues({ company, first_name, last_name }: ContactBody): readonly Issue[] {
  if ([company, first_name, last_name].some((part) => typeof part === "string" && part.trim() !== "")) return [];
  return [{ pointer: "#/company", code: "rule", message: "Must have a company, a first name or a last name." }];
}

/** The issue of a new e-mail address that is none. Imported contacts may keep whatever they have. */
export function emailIssues({ email_address: given }: ContactBody, before: string | null): readonly Issue[] {
  if (given === undefined || given === null || given === "" || given === before || isEmailAddress(given)) return [];
  return [{ pointer: "#/email_address", code: "text", message: "Must be one e-mail address, like anna@example.com." }];
}
