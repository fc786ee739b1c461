import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RaceDatabases } from "../databases.ts";

/** The routes that are timed, in this order: reads come first. */
export const routes = [
  "health",
  "order by id",
  "newest 50 orders",
  "orders of a customer",
  "update an order",
  "create an order",
  "90% reads, 10% writes",
] as const;
export type Route = (typeof routes)[number];

const count = 20_000;

/** The order to create, with every field that an order desk fills in. */
export const newOrder = {
  employee_id: 3,
  customer_id: 4,
  order_date: "2025-01-14T09:30:00",
  shipper_id: 2,
  ship_name: "Zdzisław Gąsior",
  ship_address: "ul. Świdnicka 12",
  ship_city: "Wrocław",
  ship_zip_postal_code: "50-068",
  ship_country_region: "Poland",
  shipping_fee: "12.5000",
  taxes: "0.0000",
  payment_type: "Check",
  notes: "Ring the bell",
};

/**
 * Writes a file of complete HTTP requests per route, with a NUL byte between them. Every contestant gets the same
 * requests, the same in every run.
 */
export function writeRequests(databases: RaceDatabases): (route: Route) => string {
  for (const route of routes) {
    const random = new Sequence(7);
    const requests = Array.from({ length: count }, () => request(route, databases, random));
    writeFileSync(fileOf(databases, route), requests.join("\0"));
  }
  return (route) => fileOf(databases, route);
}

function fileOf({ folder }: RaceDatabases, route: Route): string {
  return join(folder, `${route.replace(/\W+/g, "-")}.requests`);
}

function request(route: Route, databases: RaceDatabases, random: Sequence): string {
  const order = `/api/orders/${1 + random.below(databases.lastOrder)}`;
  switch (route) {
    case "health":
      return http("GET", "/api/health");
    case "order by id":
      return http("GET", order);
    case "newest 50 orders":
      return http("GET", "/api/orders?sort=-id&limit=50");
    case "orders of a customer":
      return http("GET", `/api/orders/customer/${databases.customers[random.below(databases.customers.length)]}`);
    case "update an order":
      // Nearly all orders are closed, and the amounts of these only change with a reason.
      return http("PUT", order, { notes: `Ring the bell ${random.below(1000)} times` });
    case "create an order":
      return http("POST", "/api/orders", newOrder);
    case "90% reads, 10% writes":
      return request(mixed(random.below(100)), databases, random);
  }
}

/** Of a hundred requests: 60 orders, 15 lists, 15 customers, 5 updates, 5 new orders. */
function mixed(of100: number): Route {
  if (of100 < 60) return "order by id";
  if (of100 < 75) return "newest 50 orders";
  if (of100 < 90) return "orders of a customer";
  return of100 < 95 ? "update an order" : "create an order";
}

function http(method: string, path: string, body?: object): string {
  const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
  if (body === undefined) return `${head}\r\n`;
  const text = JSON.stringify(body);
  return `${head}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** Numbers that look random and are the same in every run. */
class Sequence {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }
}
