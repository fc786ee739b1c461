import { taxRateText } from "northwind-schema/row-text";
import type { RowOf, Transaction } from "sqlproof";
import type { Api } from "../../api.ts";
import { refuseAll, refuseInUse } from "../../contract/answer.ts";
import { rateNumber } from "../../contract/decimal.ts";
import { object } from "../../contract/object.ts";
import type { Route } from "../../contract/route.ts";
import { date, decimal, id, name, number, optional } from "../../contract/schema.ts";
import { requireVersion } from "../../writes/preconditions.ts";
import { resourceRoutes } from "../crud.ts";
import {
  deleteTaxRate,
  insertTaxRate,
  lockProductOfClass,
  lockRatesOfClass,
  lockTaxRate,
  productsOfClass,
  rateFromDay,
  taxRatePages,
  taxRatesByIds,
  updateTaxRate,
} from "./queries.ts";

const taxClass = name(50);
const rate = decimal({ min: "0", max: "1", places: 6 });

const shownMembers = { id, tax_class: taxClass, valid_from: date, tax_rate: number } as const;
const shown = object("TaxRate", shownMembers);
const create = object("TaxRateCreate", { tax_class: taxClass, valid_from: date, tax_rate: rate }, { readOnly: ["id"] });
const update = object(
  "TaxRateUpdate",
  { tax_class: optional(taxClass), valid_from: optional(date), tax_rate: optional(rate) },
  { answered: shownMembers },
);

type TaxRateRow = RowOf<typeof taxRatesByIds>;

/**
 * The routes of tax rates. Each belongs to a tax class and holds from a day on, until the class's next one begins. There
 * is a class while it has a rate.
 */
export function taxRateRoutes(api: Api): readonly Route[] {
  return resourceRoutes(api, {
    singular: "tax_rate",
    plural: "tax_rates",
    rights: { read: "read-tax-rates", write: "write-tax-rates" },
    searched: "class and first day",
    ...{ shown, create, update },
    present: ({ id: rateId, tax_class, valid_from, tax_rate }: TaxRateRow) => ({
      ...{ id: rateId, tax_class, valid_from },
      tax_rate: rateNumber(tax_rate),
    }),
    byIds: taxRatesByIds,
    pages: taxRatePages,
    lock: lockTaxRate,
    async insert(tx, given) {
      await refuseTwice(tx, given, null);
      return (await tx.one(insertTaxRate, { ...given, search_text: taxRateText(given) })).id;
    },
    async change(tx, before, given) {
      const row = { ...before, ...given };
      if (row.tax_class !== before.tax_class) await refuseUsedClass(tx, before, "renamed");
      await refuseTwice(tx, row, before.id);
      requireVersion(await tx.run(updateTaxRate, { ...row, search_text: taxRateText(row) }));
    },
    async remove(tx, before) {
      await refuseUsedClass(tx, before, "deleted");
      requireVersion(await tx.run(deleteTaxRate, { id: before.id, version: before.version }));
    },
    refusals: ["duplicate"],
  });
}

/** Throws 409 `duplicate` if another rate of the class begins on the same day. */
async function refuseTwice(
  tx: Transaction,
  { tax_class, valid_from }: Pick<TaxRateRow, "tax_class" | "valid_from">,
  rateId: number | null,
): Promise<void> {
  const other = await tx.maybe(rateFromDay, { tax_class, valid_from });
  if (other === null || other.id === rateId) return;
  const message = "The class has a rate from this day on. Change that one, or choose another day.";
  refuseAll([{ pointer: "#/valid_from", code: "duplicate", message }]);
}

/** Throws 409 `in-use` if this is the last rate of a class that products have. */
async function refuseUsedClass(
  tx: Transaction,
  { tax_class }: TaxRateRow,
  change: "deleted" | "renamed",
): Promise<void> {
  if ((await tx.all(lockRatesOfClass, { tax_class })).length > 1) return;
  if ((await tx.maybe(lockProductOfClass, { tax_class })) === null) return;
  const { products } = await tx.one(productsOfClass, { tax_class });
  refuseInUse("tax class", { products: Math.max(1, products ?? 0) }, change);
}
