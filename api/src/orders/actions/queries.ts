import { sql } from "northwind-schema/sql";

export const detailCount = sql(`SELECT COUNT(*) AS details FROM order_details WHERE order_id = :id`);
