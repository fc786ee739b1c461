import { sql } from "northwind-schema/sql";

const columns = `id, order_id, shipper_id, shipped_date, tracking_number, notes, version`;

export const shipmentsByIds = sql(`SELECT ${columns} FROM shipments WHERE id IN (:ids...)`);

export const lockShipments = sql(`SELECT ${columns} FROM shipments WHERE id IN (:ids...) FOR UPDATE`);

export const shipmentsOfOrder = sql(`SELECT ${columns} FROM shipments WHERE order_id = :order_id ORDER BY id`);

/** A page of shipments from some days, the newest first, behind the place where the page before ended. */
export const shipmentPage = sql(`
  SELECT ${columns} FROM shipments
  WHERE shipped_date >= :from AND shipped_date <= :before
    AND (shipped_date < :before OR id < :before_id)
  ORDER BY shipped_date DESC, id DESC LIMIT :rows
`);

/** The same of one shipper. */
export const shipmentPageOfShipper = sql(`
  SELECT ${columns} FROM shipments
  WHERE shipper_id = :shipper_id AND shipped_date >= :from AND shipped_date <= :before
    AND (shipped_date < :before OR id < :before_id)
  ORDER BY shipped_date DESC, id DESC LIMIT :rows
`);

/** What is in shipments: the products as they were sold, and where they lie now. */
export const contentsOfShipments = sql(`
  SELECT c.shipment_id, c.order_detail_id, c.quantity, d.product_id,
    CASE WHEN d.product_name IS NULL THEN p.product_code ELSE d.product_code END AS product_code,
    CASE WHEN d.product_name IS NULL THEN p.product_name ELSE d.product_name END AS product_name,
    CASE WHEN d.product_name IS NULL THEN p.quantity_per_unit ELSE d.quantity_per_unit END AS quantity_per_unit,
    p.location
  FROM shipment_details c JOIN order_details d ON d.id = c.order_detail_id LEFT JOIN products p ON p.id = d.product_id
  WHERE c.shipment_id IN (:shipment_ids...) ORDER BY c.shipment_id, d.position, d.id
`);

export const updateShipment = sql(`
  UPDATE shipments SET tracking_number = :tracking_number, notes = :notes, version = version + 1
  WHERE id = :id AND version = :version
`);

/** What orders hold and what lies where. */
export const heldDetails = sql(`
  SELECT d.id, d.order_id, d.product_id, p.product_code, p.product_name, p.quantity_per_unit, p.location, d.allocated
  FROM order_details d JOIN products p ON p.id = d.product_id
  WHERE d.order_id IN (:order_ids...) AND d.allocated > 0
  ORDER BY d.product_id, d.order_id, d.position, d.id
`);
