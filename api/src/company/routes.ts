import type { Transaction } from "sqlproof";
import type { Api } from "../api.ts";
import { ok, refuseAll } from "../contract/answer.ts";
import { changedMembers } from "../contract/object.ts";
import { type Route, route } from "../contract/route.ts";
import { none } from "../contract/schema.ts";
import { dryRun, type WriteContext } from "../contract/write-headers.ts";
import { historyDeclaration, historyPage } from "../resources/history.ts";
import { etagOf, isStale, requireVersion, staleError } from "../writes/preconditions.ts";
import { runWrite } from "../writes/run-write.ts";
import { type CompanyUpdate, company, companyUpdate, shownCompany } from "./fields.ts";
import { logoRoutes } from "./logo/routes.ts";
import { companyRow, lockCompany, updateCompany } from "./queries.ts";
import { refuseOtherMinorUnit, storedFields } from "./rules.ts";

const tag = "company";
const path = "/api/company";
/** The id of the one row. */
const id = 1;

/** The routes of the company behind the orders. It always exists, so it is neither created nor deleted. */
export function companyRoutes(api: Api): readonly Route[] {
  return [getRoute(api), updateRoute(api), historyRoute(api), ...logoRoutes(api)];
}

function getRoute({ database }: Api): Route {
  return route({
    method: "GET",
    path,
    right: "read-company",
    tag,
    summary: "Get the company behind the orders",
    description:
      "All amounts are in its currency, whose number of decimal places is `minor_unit` (ISO 4217); all dates are times " +
      "in its time zone. `confirmed` is false until somebody has set or confirmed it.",
    query: {},
    body: none,
    data: company,
    cache: "until-commit",
    async handle() {
      const row = await database.one(companyRow);
      return ok("Company retrieved", shownCompany(row), etagOf(row));
    },
  });
}

function updateRoute(api: Api): Route {
  return route({
    method: "PUT",
    path,
    right: "write-company",
    proof: true,
    tag,
    summary: "Update the company behind the orders",
    description:
      "Absent fields stay unchanged; null clears a field. Any change confirms the company, unless `confirmed` is sent. " +
      "The currency may become one with another number of decimal places only while there is no order.",
    query: { dry_run: dryRun },
    body: companyUpdate,
    data: company,
    refusals: ["precondition", "rule", "state"],
    async handle({ body, query, context }) {
      const outcome = await runWrite(api.database, context, query.dry_run, (tx) => changedCompany(tx, body, context));
      // Everything that follows the answer counts with the new company.
      if (!query.dry_run) await api.company.reread();
      return outcome;
    },
  });
}

async function changedCompany(tx: Transaction, body: CompanyUpdate, context: WriteContext) {
  const row = await tx.one(lockCompany);
  const before = shownCompany(row);
  if (isStale(context, row)) throw staleError(row, tag, before, context);
  const stored = { ...row, confirmed: true, ...storedFields(body) };
  refuseAll(changedMembers(body, before));
  await refuseOtherMinorUnit(tx, row, stored);
  requireVersion(await tx.run(updateCompany, stored));
  const written = await tx.one(companyRow);
  const after = shownCompany(written);
  const change = { resource: tag, id, before, after, version: written.version } as const;
  return { answer: ok("Company updated", after, etagOf(written)), change };
}

function historyRoute({ database }: Api): Route {
  return route({
    method: "GET",
    path: `${path}/history`,
    right: "read-company",
    tag,
    summary: "List all changes of the company",
    ...historyDeclaration,
    handle: ({ query }) => historyPage(database, { resource: tag, id }, query),
  });
}
