import { healthRoutes } from "./health/routes.ts";
import type { Api, Route } from "./route.ts";

/** Every route of the API. */
export function allRoutes(api: Api): readonly Route[] {
  return [...healthRoutes(api)];
}
