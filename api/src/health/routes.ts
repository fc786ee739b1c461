// Routes that tell users, load balancers and service managers whether the process is alive and ready for requests.
// They are answered even under overload.
import type { Api } from "../api.ts";
import { ApiError, ok } from "../contract/answer.ts";
import { type Route, route } from "../contract/route.ts";
import { none, text } from "../contract/schema.ts";

const tag = "health";
const word = text(200);

/** The routes for the state of the server. */
export function healthRoutes(api: Api): readonly Route[] {
  return [
    ...["/api/health", "/api/orders/health"].map((path) =>
      route({
        method: "GET",
        path,
        right: "public",
        tag,
        summary: "Check that the API answers",
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
      right: "public",
      tag,
      summary: "Check that the process is alive",
      query: {},
      body: none,
      data: word,
      urgent: true,
      handle: () => ok("The process is alive", "live"),
    }),
    route({
      method: "GET",
      path: "/readyz",
      right: "public",
      tag,
      summary: "Check that the database answers, its disk has space and the server is not stopping",
      query: {},
      body: none,
      data: word,
      urgent: true,
      refusals: ["draining", "db-unavailable"],
      async handle() {
        const reason = await api.notReady();
        if (reason !== null) throw new ApiError("draining", reason, { headers: { "retry-after": "5" } });
        return ok("Ready", "ready");
      },
    }),
  ];
}
