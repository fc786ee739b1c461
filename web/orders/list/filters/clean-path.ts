import type { ApiError } from "../../../api/reply.ts";
import { readLook } from "../grid/columns.ts";
import { apiParams, pagePath, readQuery } from "./query.ts";

/** The row that was open last, counted from 0. */
export function readRow(params: URLSearchParams): number | null {
  const text = params.get("row") ?? "";
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) - 1 : null;
}

/** The address without what makes no sense in it; null when all of it makes sense. */
export function cleanPath(params: URLSearchParams): string | null {
  const look = readLook(params);
  const asRead = apiParams(readQuery(params));
  asRead.set("columns", look.columns.join());
  asRead.set("density", look.density);
  const place = new URLSearchParams();
  const cursor = params.get("cursor");
  if (cursor !== null) place.set("cursor", cursor);
  if (readRow(params) !== null) place.set("row", params.get("row") ?? "");
  for (const [name, text] of place) asRead.set(name, text);
  if ([...params].every(([name, text]) => asRead.get(name) === text)) return null;
  const path = pagePath(readQuery(params), look);
  return place.size === 0 ? path : `${path}${path.includes("?") ? "&" : "?"}${place}`;
}

/** The address without what the API cannot read in it or does not know; null when its answer names nothing of it. */
export function pathWithoutRefused(params: URLSearchParams, { status, issues }: ApiError): string | null {
  if (status !== 400 && status !== 404) return null;
  const rest = new URLSearchParams(params);
  for (const { parameter } of issues) if (parameter !== undefined) rest.delete(parameter);
  if (rest.size === params.size) return null;
  return cleanPath(rest) ?? (rest.size === 0 ? "/orders" : `/orders?${rest}`);
}
