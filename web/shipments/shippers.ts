import type { Route } from "next";
import type { Shipment } from "northwind-api/src/orders/shipments/fields.ts";
import { get } from "../api/server.ts";
import { type Addressee, companyName } from "../orders/names.ts";

/** The names of shippers by their ids, in the order of the names. */
export type ShipperNames = ReadonlyMap<number, string>;

/** Every shipper; none where they cannot be read. */
export async function loadShippers(): Promise<ShipperNames> {
  const reply = await get<readonly Addressee[]>("/api/shippers?limit=1000&sort=name");
  return new Map(reply.ok ? reply.data.map((row) => [row.id, companyName(row)]) : []);
}

/** The page of a shipment. */
export function shipmentPath(id: number): Route {
  return `/shipments/${id}`;
}

/** Who carries a shipment, and by which number it is followed. */
export function trackingText({ shipper_id, tracking_number }: Shipment, shippers: ShipperNames): string {
  return [shippers.get(shipper_id ?? 0), tracking_number].filter((part) => part).join(" · ");
}
