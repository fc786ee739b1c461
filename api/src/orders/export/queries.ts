import { sql } from "northwind-schema/sql";
import { isSold } from "../queries.ts";

/**
 * Orders with their names and details, read in one statement so that each exported row is consistent. There is one row
 * per detail; an order without details has one row.
 */
export const exportRows = sql(`
  SELECT o.id, o.order_date, o.status_id, st.status_name, o.customer_id,
    CASE WHEN ${isSold} THEN o.customer_company ELSE c.company END AS customer_company,
    CASE WHEN ${isSold} THEN o.customer_first_name ELSE c.first_name END AS customer_first_name,
    CASE WHEN ${isSold} THEN o.customer_last_name ELSE c.last_name END AS customer_last_name, o.employee_id,
    e.first_name AS employee_first_name, e.last_name AS employee_last_name, o.shipper_id, s.company AS shipper_company,
    o.shipped_date, o.ship_name, o.ship_address, o.ship_city, o.ship_state_province, o.ship_zip_postal_code,
    o.ship_country_region, o.shipping_fee, o.taxes, o.tax_rate, ts.tax_status_name, o.payment_type, o.paid_date,
    o.notes, d.quantity, d.unit_price, d.discount
  FROM orders o
  LEFT JOIN orders_status st ON st.id = o.status_id
  LEFT JOIN orders_tax_status ts ON ts.id = o.tax_status_id
  LEFT JOIN customers c ON c.id = o.customer_id
  LEFT JOIN employees e ON e.id = o.employee_id
  LEFT JOIN shippers s ON s.id = o.shipper_id
  LEFT JOIN order_details d ON d.order_id = o.id
  WHERE o.id IN (:ids...)
  ORDER BY o.id, d.position, d.id
`);
