// The eight routes of the original.
import express from "express";
import { readFields } from "./fields.js";
import { noOrder, Refusal } from "./refusal.js";

export function createApp(orders) {
  const app = express();
  app.disable("x-powered-by");
  // A hash of each answer that nobody asks for.
  app.disable("etag");
  app.set("query parser", "simple");
  const json = express.json({ limit: "256kb", strict: false });

  app.get(["/api/health", "/api/orders/health"], (_, response) =>
    response.json(success("Northwind Orders API is running", "OK")),
  );
  app.get("/api/orders", async (request, response) => {
    response.json(success("Orders retrieved", await orders.list(null, null, ...page("id", request.query))));
  });
  app.get("/api/orders/customer/:id", async ({ params, query }, response) => {
    response.json(
      success("Orders retrieved", await orders.list("customer_id", pathId(params.id), ...page("order_date", query))),
    );
  });
  app.get("/api/orders/employee/:id", async ({ params, query }, response) => {
    response.json(
      success("Orders retrieved", await orders.list("employee_id", pathId(params.id), ...page("order_date", query))),
    );
  });
  app.get("/api/orders/:id", async ({ params }, response) => {
    response.json(success("Order retrieved", await orders.byId(pathId(params.id))));
  });
  app.post("/api/orders", json, async (request, response) => {
    const order = await orders.create(fieldsOf(request));
    response.status(201).location(`/api/orders/${order.id}`).json(success("Order created", order));
  });
  app.put("/api/orders/:id", json, async (request, response) => {
    const id = pathId(request.params.id);
    response.json(success("Order updated", await orders.update(id, fieldsOf(request))));
  });
  app.delete("/api/orders/:id", async ({ params }, response) => {
    await orders.remove(pathId(params.id));
    response.json(success("Order deleted", null));
  });
  app.use(() => {
    throw new Refusal(404, "There is nothing at this path.");
  });
  app.use(refuse);
  return app;
}

function success(message, data) {
  return { success: true, message, data };
}

/** Express takes a function of four parameters for one that handles errors. */
function refuse(error, _request, response, _next) {
  // What the router and the parser of bodies refuse has a status too.
  const isKnown = typeof error.status === "number" && error.status < 500;
  if (!isKnown) console.error(error);
  const message = isKnown ? error.message : "Something went wrong on our side.";
  response.status(isKnown ? error.status : 500).json({ success: false, message, data: null });
}

function fieldsOf(request) {
  if (!request.is("json")) throw new Refusal(415, "The body must be application/json.");
  // The parser takes no body for an empty object.
  if (request.get("content-length") === "0") throw new Refusal(400, "The body is not valid JSON.");
  return readFields(request.body);
}

/** Only its plain form is an id; one beyond the key's type cannot exist. */
function pathId(text) {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(text))
    throw new Refusal(400, "An id is a whole number in its plain form, like 42.");
  const id = Number(text);
  if (id > 2_147_483_647) throw noOrder();
  return id;
}

/** A list is sorted by one column, downwards unless asked otherwise. */
function page(column, { sort = `-${column}`, limit = "1000" }) {
  if (sort !== column && sort !== `-${column}`) throw new Refusal(400, `sort: Must be one of: -${column}, ${column}.`);
  if (!/^[1-9][0-9]{0,3}$/.test(limit) || Number(limit) > 1000)
    throw new Refusal(400, "limit: Must be a whole number from 1 to 1000.");
  return [sort !== column, Number(limit)];
}
