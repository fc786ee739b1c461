import { sql } from "northwind-schema/sql";

export const ordersStatus = sql(`SELECT id, status_name FROM orders_status ORDER BY id`);

export const orderDetailsStatus = sql(`SELECT id, status_name FROM order_details_status ORDER BY id`);

export const ordersTaxStatus = sql(`SELECT id, tax_status_name FROM orders_tax_status ORDER BY id`);
