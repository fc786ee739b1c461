// Correct queries with joins, groups, sums and an upsert, of which the project has few. Faults are made from them as
// from the project's own queries; every tool must accept them before a fault made from them counts.

/** Name and text, on separate lines, so that a fault has a line. */
export const writtenQueries: Readonly<Record<string, string>> = {
  orderWithCustomer: `
    SELECT o.id, o.order_date, c.company
    FROM orders o
    JOIN customers c ON c.id = o.customer_id
    WHERE o.id = :id`,
  orderWithEmployee: `
    SELECT o.id, o.ship_city, e.last_name, e.version AS employee_version
    FROM orders o
    LEFT JOIN employees e ON e.id = o.employee_id
    WHERE o.id = :id`,
  linesPerOrder: `
    SELECT d.order_id, COUNT(*) AS details, SUM(d.quantity) AS quantity
    FROM order_details d
    WHERE d.order_id IN (:order_ids...)
    GROUP BY d.order_id`,
  quantityPerProduct: `
    SELECT p.id, p.list_price, SUM(d.quantity) AS quantity
    FROM products p
    JOIN order_details d ON d.product_id = p.id
    GROUP BY p.id, p.list_price
    ORDER BY p.id`,
  lastOrderPerCustomer: `
    SELECT o.customer_id, MAX(o.order_date) AS last_date
    FROM orders o
    GROUP BY o.customer_id
    HAVING COUNT(*) >= :least::integer
    ORDER BY o.customer_id`,
  detailsWithProduct: `
    SELECT d.id, d.quantity, d.unit_price, d.discount, p.product_name, p.list_price
    FROM order_details d
    JOIN products p ON p.id = d.product_id
    WHERE d.order_id = :order_id
    ORDER BY d.id`,
  purchaseLines: `
    SELECT l.id, l.quantity, l.unit_cost, l.posted_to_inventory, s.company
    FROM purchase_order_details l
    JOIN purchase_orders b ON b.id = l.purchase_order_id
    JOIN suppliers s ON s.id = b.supplier_id
    WHERE b.id = :id
    ORDER BY l.id`,
  feesOfOrders: `
    SELECT id, shipping_fee, taxes, tax_rate
    FROM orders
    WHERE shipping_fee > :least AND order_date >= :since
    ORDER BY id`,
  pricesAbove: `
    SELECT id, list_price, standard_cost, discontinued
    FROM products
    WHERE list_price >= :least
    ORDER BY list_price, id`,
  namesOfCustomers: `
    SELECT id, first_name, last_name, company
    FROM customers
    WHERE search_text LIKE :pattern ESCAPE '!'
    ORDER BY id`,
  levelsOfProducts: `
    SELECT id, reorder_level, target_level
    FROM products
    WHERE reorder_level < target_level
    ORDER BY id`,
  rememberStep: `
    INSERT INTO setup_steps (step, done_at)
    VALUES (:step, :done_at)
    ON CONFLICT (step) DO UPDATE SET done_at = excluded.done_at`,
  ordersPerStatus: `
    SELECT s.id, COUNT(o.id) AS orders
    FROM orders_status s
    LEFT JOIN orders o ON o.status_id = s.id
    GROUP BY s.id
    ORDER BY s.id`,
};
