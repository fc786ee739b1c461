import type { Stock } from "northwind-api/src/stock/fields.ts";
import { read } from "../api/browser.ts";

/** What is available of products, by their ids. Those whose stock is not kept, and so is always there, are not in it. */
export type Available = ReadonlyMap<number, Stock["available"]>;

export const noneKnown: Available = new Map();

/** The most that the API answers at once. */
const most = 500;

/** Reads what is available of products. What cannot be read is not known, and nothing is said of it. */
export async function readAvailable(ids: readonly number[], signal: AbortSignal): Promise<Available> {
  if (ids.length === 0) return noneKnown;
  const reply = await read<readonly Stock[]>(`/api/stock?products=${ids.slice(0, most).join()}&limit=${most}`, signal);
  return reply.ok ? new Map(reply.data.map(({ product_id, available }) => [product_id, available])) : noneKnown;
}
