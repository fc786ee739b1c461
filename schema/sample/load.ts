// The sample company: its people and products, and two years of orders that end on the day of the start.
// Everything is derived from that day, so that the company is the same on every day but for its dates.
import type { Database, Transaction } from "sqlproof";
import { companyText, employeeText, orderText, productText, withTexts } from "../search/row-text.ts";
import { customers, employees, havnegadeHandel, shippers, suppliers } from "./company.ts";
import { History } from "./history.ts";
import { sampleProducts } from "./products.ts";
import {
  countEntered,
  describeCompany,
  insertCustomer,
  insertDetail,
  insertEmployee,
  insertEmployeePrivilege,
  insertInvoice,
  insertOrder,
  insertProduct,
  insertProductSupplier,
  insertPurchaseDetail,
  insertPurchaseOrder,
  insertSetupStep,
  insertShipment,
  insertShipmentDetail,
  insertShipper,
  insertStock,
  insertSupplier,
  insertTransaction,
  setupStep,
} from "./queries.ts";
import { sampleStep as step } from "./setup-step.ts";
import { dateTimeOf, dayNumber, decimalOf, unitsPerOne } from "./values.ts";

/**
 * Loads the sample company in one transaction, dated up to `today` (like `"2024-01-15"`). Returns false, without any
 * change, when it was loaded before or when the database holds anything else. Only for databases that this program
 * created, which the caller must know.
 */
export function loadSample(database: Database, today: string): Promise<boolean> {
  return database.transaction(async (tx) => {
    if ((await tx.maybe(setupStep, { step })) !== null) return false;
    if ((await tx.one(countEntered)).entered !== 0) return false;
    await loadCompany(tx);
    await loadHistory(tx, today);
    await tx.run(insertSetupStep, { step, done_at: dateTimeOf(dayNumber(today), 0) });
    return true;
  });
}

/** Records that the sample company is not wanted, so that no later start loads it. */
export async function declineSample(database: Database, today: string): Promise<void> {
  await database.transaction(async (tx) => {
    if ((await tx.maybe(setupStep, { step })) !== null) return;
    await tx.run(insertSetupStep, { step, done_at: dateTimeOf(dayNumber(today), 0) });
  });
}

/** The time zone of the sample company, which decides what day today is for it. */
export const sampleTimeZone: string = havnegadeHandel.time_zone;

const administrator = { employee_id: 1, privilege_id: 1 };
const purchaseApprovals = { employee_id: 2, privilege_id: 2 };

async function loadCompany(tx: Transaction): Promise<void> {
  await tx.run(describeCompany, havnegadeHandel);
  const numbered = <T>(list: readonly T[]) => list.map((one, index) => ({ id: index + 1, ...one }));
  await tx.runMany(insertEmployee, withTexts(numbered(employees), employeeText));
  await tx.runMany(insertEmployeePrivilege, [administrator, purchaseApprovals]);
  await tx.runMany(insertShipper, withTexts(numbered(shippers), companyText));
  await tx.runMany(insertSupplier, withTexts(numbered(suppliers), companyText));
  await tx.runMany(insertCustomer, withTexts(numbered(customers), companyText));
  const products = sampleProducts.map((product, index) => ({
    id: index + 1,
    supplier_ids: String(product.supplier),
    product_code: product.code,
    product_name: product.name,
    category: product.category,
    quantity_per_unit: product.perUnit,
    standard_cost: decimalOf(product.cost),
    list_price: decimalOf(product.price),
    reorder_level: product.reorderLevel,
    target_level: product.targetLevel,
    minimum_reorder_quantity: product.minimumReorder,
    discontinued: false,
    location: locationOf(index),
  }));
  await tx.runMany(insertProduct, withTexts(products, productText));
  const supplied = sampleProducts.map(({ supplier, cost, minimumReorder }, index) => ({
    ...{ product_id: index + 1, supplier_id: supplier, unit_cost: decimalOf(cost) },
    ...{ minimum_quantity: decimalOf(minimumReorder * unitsPerOne), lead_time_days: 7 },
  }));
  await tx.runMany(insertProductSupplier, supplied);
}

const placesPerShelf = 6;

/** Where a product stands in the warehouse: shelf and place, like `C-04`. */
function locationOf(index: number): string {
  const place = index % placesPerShelf;
  const shelf = (index - place) / placesPerShelf;
  return `${String.fromCharCode("A".charCodeAt(0) + shelf)}-${String(place + 1).padStart(2, "0")}`;
}

async function loadHistory(tx: Transaction, today: string): Promise<void> {
  const history = new History(today);
  await tx.runMany(insertPurchaseOrder, history.purchasing.orders);
  await tx.runMany(insertOrder, withTexts(history.orders, orderText));
  await tx.runMany(insertTransaction, history.stock.rows);
  await tx.runMany(insertPurchaseDetail, history.purchasing.details);
  await tx.runMany(insertDetail, history.details);
  await tx.runMany(insertInvoice, history.invoices);
  await tx.runMany(insertShipment, history.shipments);
  await tx.runMany(insertShipmentDetail, history.shipmentDetails);
  await tx.runMany(insertStock, history.stock.balances(sampleProducts));
}
