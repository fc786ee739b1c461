// Who sells a product, what a supplier sells, and on which terms.
import type { Queryable, Transaction } from "sqlproof";
import type { Api } from "../api.ts";
import { ApiError, type Issue, ok, okList, refuseAll } from "../contract/answer.ts";
import { readCursor, writeCursor } from "../contract/cursor.ts";
import { zero } from "../contract/decimal.ts";
import { idList } from "../contract/filter-parameters.ts";
import { object } from "../contract/object.ts";
import { cursor, limit, refuseCursor } from "../contract/query-parameters.ts";
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
import { supplierQueries } from "../resources/suppliers/queries.ts";
import { etagOf, isStale, requireVersion, staleError } from "../writes/preconditions.ts";
import { runWrite } from "../writes/run-write.ts";
import { productSupplier, productSupplierMembers, supplierProduct } from "./fields.ts";
import { productsOfSupplier, suppliersWithProduct } from "./queries.ts";

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

/** The routes of who sells what. */
export function productSupplierRoutes(api: Api): readonly Route[] {
  return [...suppliersRoutes(api), productsRoute(api)];
}

function suppliersRoutes({ database }: Api): readonly Route[] {
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

function productsRoute({ database }: Api): Route {
  return route({
    method: "GET",
    path: "/api/suppliers/{id}/products",
    right: "read-products",
    tag: "suppliers",
    summary: "List what a supplier sells, and on which terms",
    description: "By product id. The supplier at `position` 1 is the preferred one of the product.",
    query: { products: idList("Only these products: `1,2,3`.", 500), limit: limit(1000, 1000), cursor },
    body: none,
    data: array(supplierProduct),
    paged: true,
    cache: "until-commit",
    refusals: ["not-found"],
    async handle({ path, query }) {
      const product_ids = query.products;
      const list = `products of ${path.id} ${product_ids}`;
      const product_id = query.cursor === null ? 0 : readKey(query.cursor, list);
      const page = { supplier_id: path.id, product_id, rows: query.limit + 1 };
      const found =
        product_ids === null
          ? await database.all(productsOfSupplier.all, page)
          : await database.all(productsOfSupplier.some, { ...page, product_ids });
      const isKnown = found.length > 0 || (await database.maybe(supplierQueries.byIds, { ids: [path.id] })) !== null;
      if (!isKnown) throw new ApiError("not-found", "There is no such supplier.");
      const rows = found.slice(0, query.limit);
      const last = found.length > rows.length ? rows.at(-1) : undefined;
      const next_cursor = last === undefined ? null : writeCursor([list, last.product_id]);
      return okList("Products retrieved", rows, { limit: query.limit, next_cursor });
    },
  });
}

function readKey(text: string, wanted: string): number {
  const [list, id, ...rest] = readCursor(text);
  if (list !== wanted || typeof id !== "number" || !Number.isSafeInteger(id) || rest.length > 0) throw refuseCursor();
  return id;
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
