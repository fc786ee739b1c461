// Every statement that locks rows locks them on MariaDB: another transaction cannot have the row at the same time. Those
// that skip locked rows wait for nobody. SQLite has one writer at a time, and no such locks.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Connection, createConnection } from "mariadb";
import { type Database, dateTime, decimal, type Query, type Transaction } from "sqlproof";
import { openMariadb } from "sqlproof/mariadb";
import { createMariadbDatabase, migrateMariadb } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { proofs } from "../../../.sqlproof/generated/queries.ts";
import { lockedRows } from "../../../schema/search/queries.ts";
import * as account from "../access/account/queries.ts";
import * as audited from "../access/audit/queries.ts";
import * as passkeys from "../access/passkeys/queries.ts";
import * as access from "../access/queries.ts";
import * as factors from "../access/second-factor/queries.ts";
import * as signOns from "../access/single-sign-on/queries.ts";
import * as tokens from "../access/tokens/queries.ts";
import * as users from "../access/users/queries.ts";
import { lockFeedEnd } from "../changes/queries.ts";
import { lockLogo } from "../company/logo/queries.ts";
import { lockCompany, lockCurrency } from "../company/queries.ts";
import * as ledger from "../ledger/queries.ts";
import * as orders from "../orders/queries.ts";
import { lockShipments } from "../orders/shipments/queries.ts";
import * as purchasing from "../purchasing/queries.ts";
import { customerQueries } from "../resources/customers/queries.ts";
import { employeeQueries } from "../resources/employees/queries.ts";
import { lockProduct, lockRateOfClass, lockSuppliers } from "../resources/products/queries.ts";
import { shipperQueries } from "../resources/shippers/queries.ts";
import { supplierQueries } from "../resources/suppliers/queries.ts";
import * as rates from "../resources/tax-rates/queries.ts";
import { lockCounts } from "../stock/counts/queries.ts";
import { entryOfWrite, insertEntry } from "./audit/queries.ts";

let server: PrivateMariadb;
let database: Database;
let other: Connection;
const hash = "a".repeat(64);
const write_id = "w".repeat(36);
const now = dateTime("2024-05-01T12:00:00");

beforeAll(async () => {
  server = await startPrivateMariadb();
  const { host, port, user, password } = server;
  const options = { host, port, user, password, database: "locks" };
  await createMariadbDatabase(options);
  await migrateMariadb({ server: options, folder: `${import.meta.dir}/../../../schema/mariadb` });
  database = await openMariadb(options);
  other = await createConnection(options);
  await storeRows();
}, 60_000);

afterAll(async () => {
  await other.end();
  await database.close();
  await server.stop();
});

/** One row of each table, whose id is 1. */
async function storeRows(): Promise<void> {
  for (const table of ["customers", "employees", "shippers", "suppliers"])
    await other.query(`INSERT INTO ${table} (company) VALUES ('C')`);
  await other.query("INSERT INTO orders (notes) VALUES ('N')");
  await other.query("DELETE FROM tax_rates");
  await other.query(
    "INSERT INTO tax_rates (id, tax_class, valid_from, tax_rate, search_text) VALUES (1, 'a', '2024-01-01', 0.1, '')",
  );
  // Of several products of a class, one is locked.
  await other.query(
    "INSERT INTO products (product_code, product_name, list_price, tax_class, stocked) VALUES ('P', 'P', 0, 'a', 1), ('Q', 'Q', 0, 'a', 1)",
  );
  await other.query("INSERT INTO purchase_orders (supplier_id) VALUES (1)");
  await other.query(
    "INSERT INTO stock_counts (reason, created_date, created_principal) VALUES ('R', '2024-01-01 00:00:00', 'p')",
  );
  await other.query("INSERT INTO shipments (order_id, shipped_date) VALUES (1, '2024-01-01 00:00:00')");
  const none = decimal("0.0000");
  const balance = { on_hand: none, allocated: none, on_order: none, back_ordered: none };
  await database.run(ledger.writeQuantities, { product_id: 1, ...balance });
  const user = { email_address: "a@example.com", name: "A", employee_id: null, roles: "admin", password_hash: null };
  await database.one(users.insertUser, { ...user, search_text: "" });
  await database.run(factors.insertTotp, { user_id: 1, next_secret: "s" });
  await database.run(account.insertPreferences, { user_id: 1, document: "{}" });
  await database.one(passkeys.insertPasskey, {
    ...{ user_id: 1, name: "key", hash, credential_id: "c", public_key: "p", user_handle: "u", sign_count: 0, now },
    ...{ backed_up: false, transports: "" },
  });
  await database.one(tokens.insertToken, {
    user_id: 1,
    name: "t",
    hash,
    rights: null,
    networks: null,
    expires_at: null,
  });
  await database.run(access.insertFailure, { place: "p", failures: 1, now });
  await database.run(access.insertPasswordLink, { hash, user_id: 1, expires_at: now });
  await database.run(signOns.insertSignOn, {
    ...{ hash, browser_hash: hash, nonce: "n", code_verifier: "v", destination: "/", session_hash: null },
    expires_at: now,
  });
  await database.run(insertEntry, {
    ...{ resource: "order", resource_id: 1, sequence: 1, happened_at: now, principal: "p", request_id: "r", write_id },
    ...{ action: "change", before_state: null, after_state: "{}", previous_hash: hash, hash, client_request_id: null },
    version: 1,
  });
}

interface Lock {
  readonly text: string;
  /** The table and the condition of the row that is locked. */
  readonly row: string;
  readonly read: (tx: Transaction) => Promise<readonly unknown[]>;
}

const byId = { ids: [1] };
const row = (table: string) => `${table} WHERE id = 1`;

const contacts = {
  ...{ customers: customerQueries, employees: employeeQueries, shippers: shipperQueries, suppliers: supplierQueries },
} as const;

const locks: readonly Lock[] = [
  ...[orders.lockOrders, orders.lockFreeOrders].map((query) => ofIds("orders", query)),
  ...[orders.lockSoldProducts, orders.lockFreeSoldProducts].map((query) => ofIds("products", query)),
  ...[orders.lockBuyers, orders.lockFreeBuyers].map((query) => ofIds("customers", query)),
  ...[orders.lockEmployees, orders.lockFreeEmployees].map((query) => ofIds("employees", query)),
  ...[orders.lockShippers, orders.lockFreeShippers].map((query) => ofIds("shippers", query)),
  ...Object.entries(lockedRows).map(([table, query]) => ofIds(table, query)),
  ofIds("products", ledger.lockLevels),
  ofIds("shipments", lockShipments),
  ofIds("stock_counts", lockCounts),
  ofIds("products", purchasing.lockBoughtProducts),
  ofIds("purchase_orders", purchasing.lockPurchaseOrders),
  lock("product_stock WHERE product_id = 1", ledger.lockBalances.text, (tx) => tx.all(ledger.lockBalances, byId)),
  lock(row("suppliers"), lockSuppliers.text, (tx) => tx.all(lockSuppliers, byId)),
  lock(row("tax_rates"), orders.lockRatesOfClasses.text, (tx) =>
    tx.all(orders.lockRatesOfClasses, { tax_classes: ["a"] }),
  ),
  lock(row("tax_rates"), rates.lockTaxRate.text, (tx) => tx.all(rates.lockTaxRate, { id: 1 })),
  lock(row("tax_rates"), rates.lockRatesOfClass.text, (tx) => tx.all(rates.lockRatesOfClass, { tax_class: "a" })),
  lock(row("tax_rates"), lockRateOfClass.text, (tx) => tx.all(lockRateOfClass, { tax_class: "a" })),
  lock(row("products"), rates.lockProductOfClass.text, (tx) => tx.all(rates.lockProductOfClass, { tax_class: "a" })),
  lock(row("products"), lockProduct.text, (tx) => tx.all(lockProduct, { id: 1 })),
  ...Object.entries(contacts).map(([table, { lock: query }]) =>
    lock(row(table), query.text, (tx) => tx.all(query, { id: 1 })),
  ),
  lock(row("users"), users.lockUser.text, (tx) => tx.all(users.lockUser, { id: 1 })),
  lock(row("users"), users.lockUsers.text, (tx) => tx.all(users.lockUsers)),
  lock(row("users"), audited.lockUserById.text, (tx) => tx.all(audited.lockUserById, { id: 1 })),
  lock(row("users"), access.lockChecked.text, (tx) => tx.all(access.lockChecked, { id: 1 })),
  lock(row("access"), audited.lockAccess.text, (tx) => tx.all(audited.lockAccess)),
  lock(row("company"), lockCompany.text, (tx) => tx.all(lockCompany)),
  lock(row("company"), lockCurrency.text, (tx) => tx.all(lockCurrency)),
  lock(row("company_logo"), lockLogo.text, (tx) => tx.all(lockLogo)),
  lock(row("change_feed"), lockFeedEnd.text, (tx) => tx.all(lockFeedEnd)),
  lock(row("tokens"), tokens.lockToken.text, (tx) => tx.all(tokens.lockToken, { id: 1 })),
  lock(row("passkeys"), passkeys.lockPasskey.text, (tx) => tx.all(passkeys.lockPasskey, { id: 1, user_id: 1 })),
  lock("user_totp WHERE user_id = 1", factors.lockTotpOfUser.text, (tx) =>
    tx.all(factors.lockTotpOfUser, { user_id: 1 }),
  ),
  lock("user_preferences WHERE user_id = 1", account.lockPreferences.text, (tx) =>
    tx.all(account.lockPreferences, { user_id: 1 }),
  ),
  lock("failed_sign_ins WHERE place = 'p'", access.lockFailure.text, (tx) =>
    tx.all(access.lockFailure, { place: "p" }),
  ),
  lock("failed_sign_ins WHERE place = 'p'", access.lockFailures.text, (tx) =>
    tx.all(access.lockFailures, { places: ["p"] }),
  ),
  lock(`password_links WHERE hash = '${hash}'`, access.lockPasswordLink.text, (tx) =>
    tx.all(access.lockPasswordLink, { hash }),
  ),
  lock(`single_sign_ons WHERE hash = '${hash}'`, signOns.lockSignOn.text, (tx) => tx.all(signOns.lockSignOn, { hash })),
  lock(`audit_log WHERE write_id = '${write_id}'`, entryOfWrite.text, (tx) => tx.all(entryOfWrite, { write_id })),
];

function ofIds(table: string, query: Query<{ readonly ids: readonly number[] }, object>): Lock {
  return lock(row(table), query.text, (tx) => tx.all(query, byId));
}

function lock(at: string, text: string, read: Lock["read"]): Lock {
  return { row: at, text, read };
}

/** Whether another transaction can lock the row at once. */
async function isFree(at: string, how: "FOR UPDATE" | "LOCK IN SHARE MODE"): Promise<boolean> {
  await other.query("BEGIN");
  try {
    await other.query(`SELECT 1 FROM ${at} ${how} NOWAIT`);
    return true;
  } catch {
    return false;
  } finally {
    await other.query("ROLLBACK");
  }
}

test("every statement with a lock is here", () => {
  const locking = Object.keys(proofs).filter((text) => /FOR UPDATE|LOCK IN SHARE MODE/.test(text));
  // The last one is of another test.
  const known = [...locks.map(({ text }) => text), "SELECT id FROM orders WHERE id = :id FOR UPDATE"];
  expect(known.sort()).toEqual(locking.sort());
});

test("a row is locked until the transaction ends, and a shared lock lets others read", async () => {
  for (const { row: at, text, read } of locks) {
    const isShared = text.includes("SHARE MODE");
    await database.transaction(async (tx) => {
      expect([text, (await read(tx)).length]).toEqual([text, 1]);
      const free = [await isFree(at, "FOR UPDATE"), await isFree(at, "LOCK IN SHARE MODE")];
      expect([text, ...free]).toEqual([text, false, isShared]);
    });
    expect([text, await isFree(at, "FOR UPDATE")]).toEqual([text, true]);
  }
});

test("a batch skips the rows that another transaction has locked", async () => {
  for (const { row: at, text, read } of locks.filter((one) => one.text.includes("SKIP LOCKED"))) {
    await other.query("BEGIN");
    await other.query(`SELECT 1 FROM ${at} FOR UPDATE`);
    try {
      expect([text, await database.transaction(read)]).toEqual([text, []]);
    } finally {
      await other.query("ROLLBACK");
    }
  }
});
