// Faults written by hand: functions and syntax that only one engine has, wrong argument counts, ambiguous names,
// missing groups, upserts without their key, comparisons with NULL, and texts that are no single statement.
import type { WrittenFault } from "./written-divergences.ts";

const mariadbOnly = "MariaDB-only function or syntax";
const sqliteOnly = "SQLite-only function or syntax";
const argumentCount = "wrong argument count";
const ambiguous = "ambiguous name";
const grouping = "missing GROUP BY";
const nulls = "comparison with NULL";
const statements = "not one provable statement";
const upsert = "upsert without its key";
const like = "search_text LIKE :pattern ESCAPE '!'";

/** Replaces the customers' company by an expression of the same name. */
function company(fault: string, ...expressions: readonly string[]): WrittenFault[] {
  return expressions.map((expression) => [fault, "namesOfCustomers", "company\n", `${expression} AS company\n`]);
}

/** Adds a condition to the customers' search. */
function search(fault: string, ...conditions: readonly string[]): WrittenFault[] {
  return conditions.map((condition) => [fault, "namesOfCustomers", like, `${like} AND ${condition}`]);
}

export const writtenEngines: readonly WrittenFault[] = [
  ...company(
    mariadbOnly,
    "ELT(1, company)",
    "DATE_FORMAT('2024-01-15', '%Y')",
    "LPAD(company, 5, ' ')",
    "REPEAT(company, 2)",
    "UUID()",
    "LEFT(company, 3)",
    "REVERSE(company)",
  ),
  ...search(
    mariadbOnly,
    "SUBSTRING_INDEX(company, ' ', 1) = 'A'",
    "FIELD(id, 1, 2) > 0",
    "FIND_IN_SET(id, '1,2') > 0",
    "LOCATE('a', company) > 0",
    "company REGEXP '^A'",
    "id RLIKE '^1'",
    "id XOR version",
    "id <=> 1",
    "TRUNCATE(id, 0) = 1",
  ),
  [mariadbOnly, "feesOfOrders", "order_date >= :since", "QUARTER(order_date) = 1 AND order_date >= :since"],
  [mariadbOnly, "feesOfOrders", "order_date >= :since", "order_date >= :since + INTERVAL 1 DAY"],
  [
    mariadbOnly,
    "feesOfOrders",
    "order_date >= :since",
    "DATEDIFF(shipped_date, order_date) > 7 AND order_date >= :since",
  ],
  [mariadbOnly, "rememberStep", "INSERT INTO", "INSERT IGNORE INTO"],
  [
    mariadbOnly,
    "rememberStep",
    "ON CONFLICT (step) DO UPDATE SET done_at = excluded.done_at",
    "ON DUPLICATE KEY UPDATE done_at = VALUES(done_at)",
  ],
  [mariadbOnly, "orderWithCustomer", "JOIN customers c ON", "STRAIGHT_JOIN customers c ON"],
  [mariadbOnly, "orderWithCustomer", "SELECT o.id", "SELECT SQL_NO_CACHE o.id"],
  [mariadbOnly, "orderWithCustomer", "WHERE o.id = :id", "WHERE o.id = :id LIMIT ROWS EXAMINED 1000"],
  ...company(
    sqliteOnly,
    "strftime('%Y', 'now')",
    "printf('%s', company)",
    "typeof(company)",
    "quote(company)",
    "iif(id > 1, company, '')",
    "company COLLATE NOCASE",
  ),
  ...search(
    sqliteOnly,
    "company GLOB 'A*'",
    "id == 1",
    "rowid > 1",
    "company ISNULL",
    "id IS 5",
    "unixepoch() > 1",
    "company MATCH 'a'",
  ),
  [sqliteOnly, "feesOfOrders", "order_date >= :since", "julianday(order_date) > 1 AND order_date >= :since"],
  [sqliteOnly, "feesOfOrders", "order_date >= :since", "order_date >= :since AND order_date < datetime('now')"],
  [sqliteOnly, "rememberStep", "INSERT INTO", "INSERT OR REPLACE INTO"],
  [sqliteOnly, "rememberStep", "INSERT INTO", "INSERT OR IGNORE INTO"],
  [sqliteOnly, "linesPerOrder", "COUNT(*)", "COUNT(*) FILTER (WHERE d.id > 5)"],
  [sqliteOnly, "linesPerOrder", "SUM(d.quantity)", "TOTAL(d.quantity)"],
  [sqliteOnly, "lastOrderPerCustomer", "ORDER BY o.customer_id", "ORDER BY o.customer_id NULLS LAST"],
  [sqliteOnly, "lastOrderPerCustomer", "ORDER BY o.customer_id", "ORDER BY o.customer_id LIMIT -1"],
  ...company(
    argumentCount,
    "COALESCE(company)",
    "IFNULL(company)",
    "NULLIF(company)",
    "SUBSTR(company)",
    "SUBSTR(company, 1, 2, 3)",
    "REPLACE(company, 'a')",
    "TRIM(company, 'a')",
    "IFNULL(company, first_name, last_name)",
    "LTRIM()",
  ),
  [argumentCount, "linesPerOrder", "SUM(d.quantity)", "SUM()"],
  [argumentCount, "linesPerOrder", "SUM(d.quantity)", "SUM(d.quantity, d.discount)"],
  [argumentCount, "linesPerOrder", "COUNT(*)", "COUNT(d.id, d.order_id)"],
  [argumentCount, "lastOrderPerCustomer", "MAX(o.order_date)", "MAX(o.order_date, o.paid_date)"],
  [argumentCount, "lastOrderPerCustomer", "MAX(o.order_date)", "MAX()"],
  [ambiguous, "orderWithCustomer", "SELECT o.id", "SELECT id"],
  [ambiguous, "orderWithCustomer", "WHERE o.id", "WHERE id"],
  [ambiguous, "orderWithCustomer", "ON c.id", "ON id"],
  [ambiguous, "orderWithEmployee", "e.version", "version"],
  [ambiguous, "orderWithEmployee", "WHERE o.id", "WHERE id"],
  [ambiguous, "detailsWithProduct", "SELECT d.id", "SELECT id"],
  [ambiguous, "detailsWithProduct", "ON p.id", "ON id"],
  [ambiguous, "purchaseLines", "WHERE b.id", "WHERE id"],
  [ambiguous, "purchaseLines", "ON b.id", "ON id"],
  [ambiguous, "quantityPerProduct", "GROUP BY p.id", "GROUP BY id"],
  [ambiguous, "ordersPerStatus", "COUNT(o.id)", "COUNT(id)"],
  [grouping, "linesPerOrder", "GROUP BY d.order_id", ""],
  [grouping, "linesPerOrder", "SELECT d.order_id", "SELECT d.order_id, d.product_id"],
  [grouping, "linesPerOrder", "SUM(d.quantity)", "d.quantity"],
  [grouping, "quantityPerProduct", "GROUP BY p.id, p.list_price", ""],
  [grouping, "quantityPerProduct", "GROUP BY p.id, p.list_price", "GROUP BY d.order_id"],
  [grouping, "lastOrderPerCustomer", "GROUP BY o.customer_id", ""],
  [grouping, "lastOrderPerCustomer", "MAX(o.order_date)", "o.order_date"],
  [grouping, "lastOrderPerCustomer", "ORDER BY o.customer_id", "ORDER BY o.order_date"],
  [grouping, "ordersPerStatus", "GROUP BY s.id", ""],
  [grouping, "ordersPerStatus", "GROUP BY s.id", "GROUP BY o.id"],
  [nulls, "feesOfOrders", "order_date >= :since", "order_date >= :since AND shipped_date = NULL"],
  [nulls, "feesOfOrders", "order_date >= :since", "order_date >= :since AND shipped_date <> NULL"],
  [nulls, "feesOfOrders", "order_date >= :since", "order_date >= :since AND NULL = shipped_date"],
  [nulls, "feesOfOrders", "order_date >= :since", "order_date >= :since AND shipped_date IN (NULL)"],
  [nulls, "feesOfOrders", "order_date >= :since", "order_date >= :since AND shipper_id NOT IN (1, NULL)"],
  [statements, "rememberStep", "\n    ON CONFLICT", "; DELETE FROM setup_steps\n    ON CONFLICT"],
  [statements, "orderWithCustomer", "WHERE o.id = :id", "WHERE o.id = :id; DROP TABLE orders"],
  [statements, "orderWithCustomer", "WHERE o.id = :id", "WHERE o.id = :id AND c.company = $1"],
  [statements, "orderWithCustomer", "WHERE o.id = :id", "WHERE o.id = ?"],
  [statements, "orderWithCustomer", "WHERE o.id = :id", "WHERE o.id = @id"],
  [statements, "orderWithCustomer", "WHERE o.id = :id", 'WHERE o.id = :id AND c.company = "Anna"'],
  [upsert, "rememberStep", "ON CONFLICT (step)", "ON CONFLICT (done_at)"],
  [upsert, "rememberStep", "ON CONFLICT (step)", "ON CONFLICT (steps)"],
  [upsert, "rememberStep", "excluded.done_at", "excluded.done"],
];
