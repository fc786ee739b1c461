import type { Api } from "../../api.ts";
import { refuseAll, refuseInUse } from "../../contract/answer.ts";
import type { Route } from "../../contract/route.ts";
import { requireVersion } from "../../writes/preconditions.ts";
import { emailIssues, emptyContact, namelessIssues } from "../contact.ts";
import { resourceRoutes } from "../crud.ts";
import { create, shown, taxIssues, update, written } from "./customer.ts";
import { customerQueries, customerReferences } from "./queries.ts";

const emptyCustomer = {
  ...emptyContact,
  vat_id: null,
  tax_treatment: "domestic",
  tax_exemption_reason: null,
  shipping_policy: null,
} as const;

/** The customer routes. */
export function customerRoutes(api: Api): readonly Route[] {
  return resourceRoutes(api, {
    singular: "customer",
    plural: "customers",
    rights: { read: "read-customers", write: "write-customers" },
    searched: "company, name, city or e-mail address, or a phone number",
    ...{ shown, create, update },
    present: ({ version: _, ...customer }) => customer,
    byIds: customerQueries.byIds,
    pages: customerQueries.pages,
    lock: customerQueries.lock,
    async insert(tx, given) {
      const row = written(emptyCustomer, given);
      refuseAll([...namelessIssues(given), ...emailIssues(given, null), ...taxIssues(row, null)]);
      return (await tx.one(customerQueries.insert, row)).id;
    },
    async change(tx, before, given) {
      const row = written(before, given);
      refuseAll([...emailIssues(given, before.email_address), ...taxIssues(row, before)]);
      requireVersion(await tx.run(customerQueries.update, row));
    },
    async remove(tx, { id, version }) {
      const { orders } = await tx.one(customerReferences, { id });
      refuseInUse("customer", { orders });
      requireVersion(await tx.run(customerQueries.delete, { id, version }));
    },
    refusals: ["rule"],
  });
}
