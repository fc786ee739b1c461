/** A write that must have exactly one effect, or exactly one refusal, whatever happens to the database. */
export interface WriteRequest {
  readonly name: string;
  readonly method: "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly body?: object;
  /** A body that is no JSON. */
  readonly file?: { readonly type: string; readonly base64: string };
  readonly ifMatch?: string;
  readonly status: number;
}

const contacts = ["customers", "employees", "shippers", "suppliers"] as const;
const line = (product_id: number, quantity: string) => ({ product_id, quantity, unit_price: "3.5000" });
const order_date = "2025-01-10T09:30:00";

/** A PNG of one pixel, and a JPEG of a few. */
const png = {
  type: "image/png",
  base64: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
};
const jpeg = { type: "image/jpeg", base64: "/9j/4AAQSkZJRgABAQAAAQABAAD/wAALCAAwAGABAREA/9oACAEBAAA/AH//AP/Qf//Z" };

/** What an order needs to go on. */
const complete = {
  ...{ order_date, customer_id: 1, employee_id: 1, shipper_id: 1, ship_name: "Cafe", ship_address: "Road 1" },
  ...{ ship_city: "Rome", ship_zip_postal_code: "1", ship_country_region: "Italy" },
};

/** The stocked product, and the orders of it: each is in the state from which its action begins. */
const stocked = 3;
/** The product of which something is to be reordered, and the order that waits for it. */
const lacking = 4;
const short = 9;
const of = { asked: 4, held: 5, invoiced: 6, shipped: 7, cancelled: 8 } as const;

/** A product that is on no count sheet; a sheet with the one after it, and one on which less of the stocked one is. */
const counted = { unlisted: 5, entered: 1, less: 2 } as const;

/** The purchase orders, each in the state from which its action begins. */
const bought = { drafted: 1, submitted: 2, approved: 3, received: 4 } as const;
const purchase = (id: number, action: string, body?: object): WriteRequest => ({
  ...{ name: action, method: "POST", path: `/api/purchase_orders/${id}/${action}`, status: 200 },
  ...(body === undefined ? {} : { body }),
});

/** Creates the initial rows. Of each resource, id 1 is in use and id 2 may be deleted; order 1 is edited. */
export const initialRequests: readonly { readonly path: string; readonly body: object }[] = [
  ...contacts.flatMap((name) => [1, 2].map((id) => ({ path: `/api/${name}`, body: { company: `${name} ${id}` } }))),
  ...[1, 2].map((id) => ({ path: "/api/products", body: { product_name: `Tea ${id}`, supplier_ids: [1] } })),
  ...["2024-01-01", "2025-01-01"].map((valid_from) => ({
    path: "/api/tax_rates",
    body: { tax_class: "standard", valid_from, tax_rate: "0.19" },
  })),
  {
    path: "/api/orders",
    body: { order_date, customer_id: 1, employee_id: 1, shipper_id: 1, order_details: [line(1, "1"), line(1, "2")] },
  },
  { path: "/api/orders", body: { order_date, order_details: [line(1, "1")] } },
  { path: "/api/orders", body: { order_date, order_details: [line(1, "1")] } },
  { path: "/api/products", body: { product_name: "Jam", stocked: true } },
  ...Object.values(bought).map(() => ({
    path: "/api/purchase_orders",
    body: { supplier_id: 1, purchase_order_details: [{ product_id: stocked, quantity: "5", unit_cost: "2" }] },
  })),
  ...Object.values(of).map((id) => ({
    path: "/api/orders",
    body: {
      ...complete,
      order_details: [line(stocked, "2"), line(1, "1")],
      shipping_policy: id === of.asked ? "ask" : "partial",
    },
  })),
  {
    path: "/api/products",
    body: { product_name: "Ham", stocked: true, target_level: 9, standard_cost: "2", supplier_ids: [1] },
  },
  { path: "/api/orders", body: { order_date, order_details: [line(lacking, "2")] } },
  ...["Salt", "Rice"].map((product_name) => ({ path: "/api/products", body: { product_name, stocked: true } })),
  ...[counted.unlisted + 1, stocked].map((product) => ({
    path: "/api/stock_counts",
    body: { reason: "year's end", product_ids: [product] },
  })),
];

/** After that: a change of order 3 to put back, a logo to replace and to remove, and stock that goes to the orders. */
export const initialChanges: readonly WriteRequest[] = [
  {
    ...{ name: "", method: "PUT", path: "/api/orders/3", status: 200 },
    body: { notes: "to be put back" },
  },
  { name: "", method: "PUT", path: "/api/company/logo", file: png, status: 200 },
  {
    ...{ name: "", method: "POST", path: "/api/stock/adjustments", status: 200 },
    body: { product_id: stocked, type: "adjusted", quantity: "11", reason: "counted" },
  },
  ...[of.invoiced, of.shipped].map(
    (id): WriteRequest => ({
      ...{ name: "", method: "POST", path: `/api/orders/${id}/invoice`, status: 200 },
    }),
  ),
  {
    ...{ name: "", method: "PUT", path: `/api/orders/${of.shipped}`, status: 200 },
    body: { status_id: 2, payment_type: "Cash", paid_date: order_date },
  },
  { name: "", method: "POST", path: `/api/orders/${of.cancelled}/cancel`, status: 200 },
  ...[bought.submitted, bought.approved, bought.received].map((id) => purchase(id, "submit")),
  ...[bought.approved, bought.received].map((id) => purchase(id, "approve")),
  purchase(bought.received, "receive", {}),
  {
    ...{ name: "", method: "PUT", path: `/api/stock_counts/${counted.less}`, status: 200 },
    body: { stock_count_details: [{ product_id: stocked, counted: "1" }] },
  },
];

const ofPurchasing: readonly WriteRequest[] = [
  {
    ...{ name: "create purchase order", method: "POST", path: "/api/purchase_orders", status: 201 },
    body: { supplier_id: 1, purchase_order_details: [{ product_id: stocked, quantity: "3", unit_cost: "1.5" }] },
  },
  {
    ...{ name: "update purchase order", method: "PUT", path: `/api/purchase_orders/${bought.drafted}`, status: 200 },
    body: { notes: "changed" },
  },
  purchase(bought.drafted, "submit"),
  purchase(bought.submitted, "approve"),
  purchase(bought.approved, "receive", {}),
  purchase(bought.received, "close", {}),
  purchase(bought.drafted, "cancel"),
  { name: "purchase for order", method: "POST", path: `/api/orders/${short}/purchase`, body: {}, status: 200 },
  { name: "reorder", method: "POST", path: "/api/reorder", body: { products: [{ product_id: lacking }] }, status: 200 },
  {
    ...{ name: "update shipment", method: "PUT", path: "/api/shipments/1", status: 200 },
    body: { tracking_number: "T-1" },
  },
];

/** The detail with the stocked product of the shipped order; the orders before it have ten details. */
const returned = (disposition: string) => ({ id: 11, quantity: "1", disposition });
const adjusted = { product_id: stocked, type: "waste", quantity: "1", reason: "broken" } as const;
const ofStock: readonly WriteRequest[] = [
  { name: "allocate", method: "POST", path: `/api/orders/${of.asked}/allocate`, body: {}, status: 200 },
  { name: "release", method: "POST", path: `/api/orders/${of.held}/release`, body: {}, status: 200 },
  { name: "invoice", method: "POST", path: `/api/orders/${of.held}/invoice`, status: 200 },
  { name: "cancel", method: "POST", path: `/api/orders/${of.held}/cancel`, status: 200 },
  { name: "ship", method: "POST", path: `/api/orders/${of.invoiced}/ship`, body: {}, status: 200 },
  {
    ...{ name: "return", method: "POST", path: `/api/orders/${of.shipped}/returns`, status: 201 },
    body: { reason: "too much", order_details: ["stock", "scrap"].map((disposition) => returned(disposition)) },
  },
  {
    ...{
      name: "refused: not that much is out",
      method: "POST",
      path: `/api/orders/${of.shipped}/returns`,
      status: 409,
    },
    body: { reason: "too much", order_details: [{ ...returned("stock"), quantity: "3" }] },
  },
  { name: "close", method: "POST", path: `/api/orders/${of.shipped}/close`, status: 200 },
  { name: "reopen", method: "POST", path: `/api/orders/${of.cancelled}/reopen`, status: 200 },
  { name: "adjust stock", method: "POST", path: "/api/stock/adjustments", body: adjusted, status: 200 },
  {
    ...{ name: "make count sheet", method: "POST", path: "/api/stock_counts", status: 201 },
    body: { reason: "year's end", product_ids: [counted.unlisted] },
  },
  {
    ...{ name: "enter what was counted", method: "PUT", path: `/api/stock_counts/${counted.entered}`, status: 200 },
    body: { stock_count_details: [{ product_id: counted.unlisted + 1, counted: "4" }] },
  },
  { name: "approve count", method: "POST", path: `/api/stock_counts/${counted.less}/approve`, status: 200 },
  { name: "cancel count", method: "POST", path: `/api/stock_counts/${counted.entered}/cancel`, status: 200 },
  {
    ...{ name: "refused: nothing counted", method: "POST", path: `/api/stock_counts/${counted.entered}/approve` },
    status: 409,
  },
  {
    ...{ name: "refused: not that much", method: "POST", path: "/api/stock/adjustments", status: 409 },
    body: { ...adjusted, quantity: "100" },
  },
];

/** The writes to users that may have a key, once there are users. */
export const userRequests: readonly [WriteRequest, ...WriteRequest[]] = [
  {
    ...{ name: "create user", method: "POST", path: "/api/users", status: 201 },
    body: { email_address: "mia@example.com", name: "Mia", roles: ["approver"], employee_id: 1 },
  },
  {
    ...{ name: "disable user", method: "PUT", path: "/api/users/2", status: 200 },
    body: { name: "Changed", disabled: true },
  },
  { ...{ name: "refused: last admin", method: "PUT", path: "/api/users/1", status: 409 }, body: { disabled: true } },
];

/** Every route that writes, and refusals that are stored for their key. */
export const requests: readonly [WriteRequest, ...WriteRequest[]] = [
  {
    name: "create order",
    method: "POST",
    path: "/api/orders",
    body: { order_date, customer_id: 1, tax_status_id: 1, tax_rate: 0.1, order_details: [line(1, "4"), line(1, "5")] },
    status: 201,
  },
  {
    name: "update order",
    method: "PUT",
    path: "/api/orders/1",
    body: { notes: "changed", order_details: [{ id: 1, quantity: "7" }, line(1, "8")] },
    ifMatch: '"0"',
    status: 200,
  },
  { name: "delete order", method: "DELETE", path: "/api/orders/2", ifMatch: '"0"', status: 200 },
  {
    ...{ name: "put back a change", method: "POST", path: "/api/orders/3/put-back", status: 200 },
    ...{ body: {}, ifMatch: '"1"' },
  },
  ...ofStock,
  ...ofPurchasing,
  { name: "update company", method: "PUT", path: "/api/company", body: { city: "Odense" }, status: 200 },
  { name: "replace logo", method: "PUT", path: "/api/company/logo", file: jpeg, ifMatch: '"1"', status: 200 },
  { name: "remove logo", method: "DELETE", path: "/api/company/logo", status: 200 },
  {
    name: "create product",
    method: "POST",
    path: "/api/products",
    body: { product_name: "Oil", supplier_ids: [1, 2] },
    status: 201,
  },
  { name: "update product", method: "PUT", path: "/api/products/1", body: { list_price: "9.9900" }, status: 200 },
  {
    ...{ name: "replace suppliers of a product", method: "PUT", path: "/api/products/1/suppliers", status: 200 },
    body: { suppliers: [{ supplier_id: 2, unit_cost: "3.5000" }, { supplier_id: 1 }] },
  },
  { name: "delete product", method: "DELETE", path: "/api/products/2", status: 200 },
  {
    name: "create tax rate",
    method: "POST",
    path: "/api/tax_rates",
    body: { tax_class: "books", valid_from: "2025-01-01", tax_rate: "0.07" },
    status: 201,
  },
  { name: "update tax rate", method: "PUT", path: "/api/tax_rates/1", body: { tax_rate: "0.2" }, status: 200 },
  { name: "delete tax rate", method: "DELETE", path: "/api/tax_rates/2", status: 200 },
  ...contacts.flatMap((name): WriteRequest[] => [
    { name: `create ${name}`, method: "POST", path: `/api/${name}`, body: { company: "New" }, status: 201 },
    { name: `update ${name}`, method: "PUT", path: `/api/${name}/1`, body: { company: "Changed" }, status: 200 },
    { name: `delete ${name}`, method: "DELETE", path: `/api/${name}/2`, status: 200 },
  ]),
  { name: "refused: in use", method: "DELETE", path: "/api/customers/1", status: 409 },
  { name: "refused: stale", method: "PUT", path: "/api/orders/1", body: { notes: "x" }, ifMatch: '"7"', status: 412 },
  { name: "refused: no such order", method: "DELETE", path: "/api/orders/999", status: 404 },
];
