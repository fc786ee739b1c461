import type { Stock } from "northwind-api/src/stock/fields.ts";
import { read } from "../api/browser.ts";
import type { Reply } from "../api/reply.ts";

/** What is available of products, by their ids. Those whose stock is not kept, and so is always there, are not in it. */
export type Available = ReadonlyMap<number, Stock["available"]>;

export const noneKnown: Available = new Map();

/** The most that the API answers at once. */
const most = 500;

/** Reads what is available of products in the browser. */
export function readAvailable(ids: readonly number[], signal: AbortSignal): Promise<Available> {
  return availableOf(ids, (path) => read<readonly Stock[]>(path, signal));
}

/** Reads what is available of products. What cannot be read is not known, and nothing is said of it. */
export async function availableOf(
  ids: readonly number[],
  readAt: (path: string) => Promise<Reply<readonly Stock[]>>,
): Promise<Available> {
  const asked = [...new Set(ids)].slice(0, most);
  if (asked.length === 0) return noneKnown;
  const reply = await readAt(`/api/stock?products=${asked.join()}&limit=${most}`);
  return reply.ok ? new Map(reply.data.map(({ product_id, available }) => [product_id, available])) : noneKnown;
}
