// The eight routes of the original.
import fastify from "fastify";
import { readFields } from "./fields.js";
import { noOrder, Refusal } from "./refusal.js";
import { created, found, health, listed, removed } from "./schemas.js";

export function createApp(orders) {
  const app = fastify({ logger: false, bodyLimit: 256 * 1024, routerOptions: { ignoreTrailingSlash: true } });
  // Only JSON is read here.
  app.removeContentTypeParser("text/plain");
  app.setErrorHandler(refuse);
  app.setNotFoundHandler(() => {
    throw new Refusal(404, "There is nothing at this path.");
  });

  for (const path of ["/api/health", "/api/orders/health"])
    app.get(path, health, async () => success("Northwind Orders API is running", "OK"));
  app.get("/api/orders", listed, async ({ query }) =>
    success("Orders retrieved", await orders.list(null, null, ...page("id", query))),
  );
  app.get("/api/orders/customer/:id", listed, async ({ params, query }) =>
    success("Orders retrieved", await orders.list("customer_id", pathId(params.id), ...page("order_date", query))),
  );
  app.get("/api/orders/employee/:id", listed, async ({ params, query }) =>
    success("Orders retrieved", await orders.list("employee_id", pathId(params.id), ...page("order_date", query))),
  );
  app.get("/api/orders/:id", found, async ({ params }) =>
    success("Order retrieved", await orders.byId(pathId(params.id))),
  );
  app.post("/api/orders", created, async (request, reply) => {
    const order = await orders.create(fieldsOf(request));
    reply.code(201).header("location", `/api/orders/${order.id}`);
    return success("Order created", order);
  });
  app.put("/api/orders/:id", found, async (request) => {
    const id = pathId(request.params.id);
    return success("Order updated", await orders.update(id, fieldsOf(request)));
  });
  app.delete("/api/orders/:id", removed, async ({ params }) => {
    await orders.remove(pathId(params.id));
    return success("Order deleted", null);
  });
  return app;
}

function success(message, data) {
  return { success: true, message, data };
}

function refuse(error, _request, reply) {
  // What Fastify refuses by itself has its status in `statusCode`.
  const status = error.status ?? error.statusCode;
  const isKnown = error instanceof Refusal || (typeof status === "number" && status < 500);
  if (!isKnown) console.error(error);
  const message = isKnown ? error.message : "Something went wrong on our side.";
  reply.code(isKnown ? status : 500).send({ success: false, message, data: null });
}

function fieldsOf({ body }) {
  // Whoever names no type has sent nothing that Fastify reads.
  if (body === undefined) throw new Refusal(415, "The body must be application/json.");
  return readFields(body);
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
