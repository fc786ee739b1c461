// What the answers look like: Fastify compiles a serializer of each, which knows the members before it sees them.
const integer = { type: "integer", nullable: true };
const text = { type: "string", nullable: true };

const order = {
  type: "object",
  properties: {
    id: { type: "integer" },
    employee_id: integer,
    customer_id: integer,
    order_date: text,
    shipped_date: text,
    shipper_id: integer,
    ship_name: text,
    ship_address: text,
    ship_city: text,
    ship_state_province: text,
    ship_zip_postal_code: text,
    ship_country_region: text,
    shipping_fee: text,
    taxes: text,
    payment_type: text,
    paid_date: text,
    notes: text,
    tax_rate: { type: "number", nullable: true },
    tax_status_id: integer,
    status_id: integer,
  },
};

const envelope = (data) => ({
  type: "object",
  properties: { success: { type: "boolean" }, message: { type: "string" }, data },
});

const answering = (status, data) => ({
  schema: {
    response: { [status]: envelope(data), "4xx": envelope({ type: "null" }), "5xx": envelope({ type: "null" }) },
  },
});

export const health = answering(200, { type: "string" });
export const listed = answering(200, { type: "array", items: order });
export const found = answering(200, order);
export const created = answering(201, order);
export const removed = answering(200, { type: "null" });
