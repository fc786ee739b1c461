import type { Api } from "../api.ts";
import { ApiError, ok } from "../contract/answer.ts";
import { type Route, route } from "../contract/route.ts";
import { none, text } from "../contract/schema.ts";

const tag = "health";
const word = text(200);

/** Is it alive, is it ready: for people, load balancers and service managers. */
export function healthRoutes(api: Api): readonly Route[] {
  return [
    ...["/api/health", "/api/orders/health"].map((path) =>
      route({
        method: "GET",
        path,
        tag,
        summary: "The API answers",
        query: {},
        body: none,
        data: word,
        urgent: true,
        handle: () => ok("Northwind Orders API is running", "OK"),
      }),
    ),
    route({
      method: "GET",
      path: "/livez",
      tag,
      summary: "The process lives",
      query: {},
      body: none,
      data: word,
      urgent: true,
      handle: () => ok("The process lives", "live"),
    }),
    route({
      method: "GET",
      path: "/readyz",
      tag,
      summary: "Requests can be served: the database answers, its disk has room, and the server is not stopping",
      query: {},
      body: none,
      data: word,
      urgent: true,
      refusals: ["draining", "db-unavailable"],
      async handle() {
        const why = await api.notReady();
        if (why !== null) throw new ApiError("draining", why, { headers: { "retry-after": "5" } });
        return ok("Ready", "ready");
      },
    }),
  ];
}
