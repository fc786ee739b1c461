// The commands of a run, and how each is sent. They name rows by the ids of the database that they run on.
import type { Policy } from "./model/state.ts";

export interface NewDetail {
  readonly product: number;
  readonly quantity: number;
}

export interface EditedDetail {
  readonly id?: number;
  readonly product?: number;
  readonly quantity?: number;
}

/** A detail that an action names, and how much of it; without a quantity as much as possible. */
export interface NamedDetail {
  readonly id: number;
  readonly quantity?: number;
}

/** What comes back of a detail, and what becomes of it. */
export interface ReturnedDetail extends Required<NamedDetail> {
  readonly disposition: (typeof dispositions)[number];
}
/** What was counted of a product; null takes it back. */
export interface CountedProduct {
  readonly product: number;
  readonly counted: number | null;
}

export const dispositions = ["stock", "damaged", "scrap"] as const;

export const orderActions = ["allocate", "release", "invoice", "ship", "close", "cancel", "reopen"] as const;
export type OrderAction = (typeof orderActions)[number];
export type PurchaseStep = "submit" | "approve" | "close" | "cancel";

/** What is done. */
export type Deed =
  | {
      readonly do: "create order";
      readonly date: string;
      readonly customer: number | null;
      readonly isComplete: boolean;
      readonly policy: Policy | null;
      readonly details: readonly NewDetail[];
    }
  | {
      readonly do: "edit order";
      readonly id: number;
      readonly status?: number;
      readonly policy?: Policy | null;
      readonly paid?: boolean;
      readonly notes?: string;
      readonly details?: readonly EditedDetail[];
    }
  | { readonly do: "delete order"; readonly id: number }
  | {
      readonly do: "act";
      readonly action: OrderAction;
      readonly id: number;
      readonly details?: readonly NamedDetail[];
    }
  | { readonly do: "buy"; readonly id: number; readonly details?: readonly NamedDetail[] }
  | { readonly do: "take back"; readonly id: number; readonly details: readonly ReturnedDetail[] }
  | { readonly do: "put back"; readonly id: number; readonly sequence?: number }
  | { readonly do: "make count"; readonly products: readonly number[] }
  | { readonly do: "enter count"; readonly id: number; readonly lines: readonly CountedProduct[] }
  | { readonly do: "close count"; readonly step: "approve" | "cancel"; readonly id: number }
  | { readonly do: "adjust"; readonly product: number; readonly isWaste: boolean; readonly quantity: number }
  | {
      readonly do: "edit product";
      readonly id: number;
      readonly levels?: readonly [reorder: number, target: number, minimum: number];
      readonly stocked?: boolean;
    }
  | { readonly do: "edit customer"; readonly id: number; readonly policy: Policy | null }
  | {
      readonly do: "edit company";
      readonly policy: Policy;
      readonly invoicesOnShipment: boolean;
      readonly tolerance: number;
    }
  | { readonly do: "create purchase"; readonly hasSupplier: boolean; readonly details: readonly NewDetail[] }
  | { readonly do: "reorder"; readonly products: readonly number[] }
  | { readonly do: "edit purchase"; readonly id: number; readonly details: readonly EditedDetail[] }
  | {
      readonly do: "step purchase";
      readonly step: PurchaseStep;
      readonly id: number;
      readonly short?: readonly number[];
    }
  | { readonly do: "receive"; readonly id: number; readonly details?: readonly Required<NamedDetail>[] };

/** A deed with what surrounds it: the version that its client has seen, its key, and whether it is only tried. */
export interface Command {
  readonly deed: Deed;
  readonly ifMatch: number | null;
  readonly key: string | null;
  readonly isDryRun: boolean;
}

/** A command as it is sent. */
export interface Request {
  readonly method: "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly body: object | null;
}

/** The rows that every order of a run refers to. */
export interface Fixtures {
  readonly employee: number;
  readonly shipper: number;
  readonly supplier: number;
}

export function requestOf({ deed, isDryRun }: Command, fixtures: Fixtures): Request {
  const { method, path, body } = sent(deed, fixtures);
  const query = [...(isDryRun ? ["dry_run=1"] : []), ...(showsDetails(deed) ? ["include=details"] : [])].join("&");
  return { method, path: query === "" ? path : `${path}?${query}`, body };
}

/** Whether the answer must be asked to show the details of the order. */
function showsDetails({ do: what }: Deed): boolean {
  return ["create order", "edit order", "act", "buy", "put back"].includes(what);
}

function sent(deed: Deed, fixtures: Fixtures): Request {
  switch (deed.do) {
    case "create order":
      return { method: "POST", path: "/api/orders", body: newOrder(deed, fixtures) };
    case "edit order":
      return { method: "PUT", path: `/api/orders/${deed.id}`, body: editedOrder(deed) };
    case "delete order":
      return { method: "DELETE", path: `/api/orders/${deed.id}`, body: null };
    case "act":
      return { method: "POST", path: `/api/orders/${deed.id}/${deed.action}`, body: acted(deed) };
    case "put back":
      return { method: "POST", path: `/api/orders/${deed.id}/put-back`, body: given("sequence", deed.sequence) };
    case "buy": {
      const body = given("order_details", deed.details?.map(named));
      return { method: "POST", path: `/api/orders/${deed.id}/purchase`, body };
    }
    case "take back":
      return { method: "POST", path: `/api/orders/${deed.id}/returns`, body: takenBack(deed) };
    case "reorder": {
      const body = { products: deed.products.map((product_id) => ({ product_id })) };
      return { method: "POST", path: "/api/reorder", body };
    }
    case "make count": {
      const body = { reason: "a random command", product_ids: deed.products };
      return { method: "POST", path: "/api/stock_counts", body };
    }
    case "enter count":
      return { method: "PUT", path: `/api/stock_counts/${deed.id}`, body: entered(deed) };
    case "close count":
      return { method: "POST", path: `/api/stock_counts/${deed.id}/${deed.step}`, body: null };
    case "adjust":
      return { method: "POST", path: "/api/stock/adjustments", body: adjustment(deed) };
    case "edit product":
      return { method: "PUT", path: `/api/products/${deed.id}`, body: editedProduct(deed) };
    case "edit customer":
      return { method: "PUT", path: `/api/customers/${deed.id}`, body: { shipping_policy: deed.policy } };
    case "edit company":
      return { method: "PUT", path: "/api/company", body: company(deed) };
    case "create purchase": {
      const supplier_id = deed.hasSupplier ? fixtures.supplier : null;
      const body = { supplier_id, purchase_order_details: deed.details.map(bought) };
      return { method: "POST", path: "/api/purchase_orders", body };
    }
    case "edit purchase":
      return {
        ...{ method: "PUT", path: `/api/purchase_orders/${deed.id}` },
        body: { purchase_order_details: deed.details.map(bought) },
      };
    case "step purchase": {
      const body = deed.step === "close" ? given("short", deed.short) : null;
      return { method: "POST", path: `/api/purchase_orders/${deed.id}/${deed.step}`, body };
    }
    case "receive":
      return {
        ...{ method: "POST", path: `/api/purchase_orders/${deed.id}/receive` },
        body: given("purchase_order_details", deed.details?.map(named)),
      };
  }
}

/** A quantity as it is sent: `2.5` for 25,000 ten-thousandths. */
export function quantityText(units: number): string {
  const whole = Math.trunc(Math.abs(units) / 10_000);
  const rest = String(Math.abs(units) % 10_000).padStart(4, "0");
  return `${units < 0 ? "-" : ""}${whole}.${rest}`;
}

function given(member: string, value: unknown): object {
  return value === undefined ? {} : { [member]: value };
}

function named({ id, quantity }: NamedDetail): object {
  return { id, ...given("quantity", quantity === undefined ? undefined : quantityText(quantity)) };
}

function takenBack({ details }: Extract<Deed, { do: "take back" }>): object {
  const lines = details.map(({ disposition, ...detail }) => ({ ...named(detail), disposition }));
  return { reason: "a random command", order_details: lines };
}

function entered({ lines }: Extract<Deed, { do: "enter count" }>): object {
  return { stock_count_details: lines.map(counted) };
}

function counted({ product, counted }: CountedProduct): object {
  return { product_id: product, counted: counted === null ? null : quantityText(counted) };
}

function edited({ id, product, quantity }: EditedDetail): object {
  const price = id === undefined ? "2.5" : undefined;
  return {
    ...{ ...given("id", id), ...given("product_id", product), ...given("unit_price", price) },
    ...given("quantity", quantity === undefined ? undefined : quantityText(quantity)),
  };
}

function bought(detail: EditedDetail): object {
  const { unit_price: unit_cost, ...rest } = { unit_price: undefined, ...edited(detail) };
  return { ...rest, ...given("unit_cost", unit_cost) };
}

const paid = { payment_type: "Cash", paid_date: "2024-03-01T00:00:00" };
const unpaid = { payment_type: null, paid_date: null };

function newOrder(deed: Extract<Deed, { do: "create order" }>, { employee, shipper }: Fixtures): object {
  const complete = {
    ...{ employee_id: employee, shipper_id: shipper, ship_name: "Ana", ship_address: "Road 1", ship_city: "Rome" },
    ...{ ship_zip_postal_code: "1", ship_country_region: "Italy" },
  };
  return {
    ...{ order_date: deed.date, customer_id: deed.customer, ...(deed.isComplete ? complete : {}) },
    ...{ shipping_policy: deed.policy, order_details: deed.details.map(edited) },
  };
}

function editedOrder({ status, policy, paid: isPaid, notes, details }: Extract<Deed, { do: "edit order" }>): object {
  return {
    ...{ ...given("status_id", status), ...given("shipping_policy", policy), ...given("notes", notes) },
    ...(isPaid === undefined ? {} : isPaid ? paid : unpaid),
    ...given("order_details", details?.map(edited)),
  };
}

function acted({ action, details }: Extract<Deed, { do: "act" }>): object | null {
  const isNaming = action === "allocate" || action === "release" || action === "ship";
  return isNaming ? given("order_details", details?.map(named)) : null;
}

function adjustment({ product, isWaste, quantity }: Extract<Deed, { do: "adjust" }>): object {
  const type = isWaste ? "waste" : "adjusted";
  return { product_id: product, type, quantity: quantityText(quantity), reason: "a random command" };
}

function editedProduct({ levels, stocked }: Extract<Deed, { do: "edit product" }>): object {
  const [reorder_level, target_level, minimum_reorder_quantity] = levels ?? [];
  const all = levels === undefined ? {} : { reorder_level, target_level, minimum_reorder_quantity };
  return { ...all, ...given("stocked", stocked) };
}

function company({ policy, invoicesOnShipment, tolerance }: Extract<Deed, { do: "edit company" }>): object {
  return {
    ...{ shipping_policy: policy, over_receipt_tolerance: quantityText(tolerance) },
    invoicing_policy: invoicesOnShipment ? "on-shipment" : "before-shipment",
  };
}
