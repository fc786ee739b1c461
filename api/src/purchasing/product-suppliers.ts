// Who sells a product, and on which terms.
import type { Queryable, Transaction } from "sqlproof";
import type { Api } from "../api.ts";
import { ApiError, type Issue, ok, refuseAll } from "../contract/answer.ts";
import { zero } from "../contract/decimal.ts";
import { object } from "../contract/object.ts";
import { type Route, route } from "../contract/route.ts";
import { array, decimal, id, integer, none, nullable, type Of, optional, text } from "../contract/schema.ts";
import { dryRun, type WriteContext } from "../contract/write-headers.ts";
import { writeSupplierIds } from "../resources/products/product.ts";
import {
  lockProduct,
  nameSuppliersOfProduct,
  productsByIds,
  suppliersOfProduct,
} from "../resources/products/queries.ts";
import { presentProduct } from "../resources/products/routes.ts";
import { storeSuppliers, termsOf, unknownSupplierIssues } from "../resources/products/suppliers.ts";
import { etagOf, isStale, requireVersion, staleError } from "../writes/preconditions.ts";
import { runWrite } from "../writes/run-write.ts";
import { productSupplier, productSupplierMembers } from "./fields.ts";
import { suppliersWithProduct } from "./queries.ts";

const tag = "products";
const most = 50;

const terms = {
  unit_cost: optional(nullable(decimal({ min: "0" }))),
  supplier_product_code: optional(nullable(text(50))),
  pack_quantity: optional(decimal({ min: "0" })),
  minimum_quantity: optional(decimal({ min: "0" })),
  lead_time_days: optional(nullable(integer({ min: 0, max: 3650 }))),
} as const;

const shown = object("ProductSuppliers", { product_id: id, suppliers: array(productSupplier) });

const update = object("ProductSuppliersUpdate", {
  suppliers: array(
    object("ProductSupplierUpdate", { supplier_id: id, ...terms }, { answered: productSupplierMembers }),
    most,
  ),
});

/** The routes of the suppliers of a product. */
export function productSupplierRoutes({ database }: Api): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/api/products/{id}/suppliers",
      right: "read-products",
      tag,
      summary: "List who sells a product, the preferred supplier first",
      query: {},
      body: none,
      data: shown,
      refusals: ["not-found"],
      async handle({ path }) {
        const { version, ...suppliers } = await read(database, path.id);
        return { ...ok("Suppliers retrieved", suppliers, etagOf({ version })), showsOthers: true };
      },
    }),
    route({
      method: "PUT",
      path: "/api/products/{id}/suppliers",
      right: "write-products",
      tag,
      summary: "Replace the list of who sells a product",
      description:
        "The preferred supplier comes first. A supplier that was in the list before has its terms as long as they are " +
        "absent. `supplier_ids` of the product follows, and the product has a new version.",
      query: { dry_run: dryRun },
      body: update,
      data: shown,
      refusals: ["not-found", "precondition", "reference", "rule"],
      handle: ({ path, body, query, context }) =>
        runWrite(database, context, query.dry_run, async (tx) => {
          const before = await locked(tx, path.id, context);
          await replace(tx, path.id, body.suppliers);
          const row = await tx.one(productsByIds, { ids: [path.id] });
          const { version, ...suppliers } = await read(tx, path.id);
          const after = { ...presentProduct(row), suppliers: suppliers.suppliers };
          return {
            answer: { ...ok("Suppliers updated", suppliers, etagOf({ version })), showsOthers: true },
            change: { resource: "product", id: path.id, version, before, after },
          };
        }),
    }),
  ];
}

async function read(db: Queryable, product: number): Promise<Of<typeof shown> & { readonly version: number }> {
  const rows = await db.all(suppliersWithProduct, { id: product });
  const [first] = rows;
  if (first === undefined) throw new ApiError("not-found", "There is no such product.");
  const suppliers = rows.flatMap(({ product_id: _, version: _version, supplier_id, position, company, ...rest }) => {
    const { pack_quantity, minimum_quantity, ...others } = rest;
    if (supplier_id === null || position === null || pack_quantity === null || minimum_quantity === null) return [];
    return [{ supplier_id, company, position, pack_quantity, minimum_quantity, ...others }];
  });
  return { product_id: first.product_id, suppliers, version: first.version };
}

/** Locks the product and gives it with its suppliers, in the version that the client has seen. */
async function locked(tx: Transaction, product: number, context: WriteContext): Promise<object> {
  const row = await tx.maybe(lockProduct, { id: product });
  if (row === null) throw new ApiError("not-found", "There is no such product.");
  const { version: _, ...suppliers } = await read(tx, product);
  if (isStale(context, row)) throw staleError(row, "product", suppliers, context);
  return { ...presentProduct(row), suppliers: suppliers.suppliers };
}

async function replace(tx: Transaction, product_id: number, given: Of<typeof update>["suppliers"]): Promise<void> {
  const ids = given.map(({ supplier_id }) => supplier_id);
  refuseAll([
    ...(await unknownSupplierIssues(tx, ids, (index) => `#/suppliers/${index}/supplier_id`)),
    ...given.flatMap(({ supplier_id, pack_quantity }, index): Issue[] => [
      ...(ids.indexOf(supplier_id) < index
        ? [{ pointer: `#/suppliers/${index}/supplier_id`, code: "rule" as const, message: "Is named more than once." }]
        : []),
      ...(pack_quantity === zero
        ? [{ pointer: `#/suppliers/${index}/pack_quantity`, code: "rule" as const, message: "Must not be 0." }]
        : []),
    ]),
  ]);
  const stored = new Map((await tx.all(suppliersOfProduct, { product_id })).map((row) => [row.supplier_id, row]));
  const suppliers = given.map((supplier) => {
    const { position: _, ...before } = {
      position: 0,
      ...(stored.get(supplier.supplier_id) ?? termsOf(supplier.supplier_id)),
    };
    return { ...before, ...supplier };
  });
  await storeSuppliers(tx, product_id, suppliers);
  const { version } = await tx.one(productsByIds, { ids: [product_id] });
  const supplier_ids = writeSupplierIds(ids);
  requireVersion(await tx.run(nameSuppliersOfProduct, { id: product_id, version, supplier_ids }));
}
