import { type Cells, type Store, text, units } from "../database/store.ts";
import { amountText } from "./decimal.ts";
import type { Check, Finding } from "./finding.ts";
import { amountColumns } from "./table.ts";

const compared = [
  ...["orders", "order_details", "invoices", "inventory_transactions", "purchase_orders", "purchase_order_details"],
  ...["customers", "employees", "shippers", "suppliers", "products", "audit_log"],
] as const;

/** Made by the engine from other columns, or not to be had as text. */
const left = new Set(["search_text", "attachments"]);
/** What two systems that got the same commands cannot share: when each of them did it. */
const ofOneSystem = new Set(["happened_at", "request_id", "write_id", "hash", "previous_hash"]);

/** V9: all nodes hold equal rows. */
export const equalNodes: Check = async ({ stores }) => {
  return differingStores(stores, left);
};

/** The same between two systems that got the same commands, whatever their engines. */
export async function equalSystems(stores: readonly Store[]): Promise<readonly Finding[]> {
  return differingStores(stores, left.union(ofOneSystem));
}

async function differingStores(
  [first, ...others]: readonly Store[],
  without: ReadonlySet<string>,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  if (first === undefined || others.length === 0) return findings;
  for (const name of compared) {
    const expected = await linesOf(first, name, without);
    for (const other of others) {
      const found = await linesOf(other, name, without);
      const missing = expected.find((line) => !found.includes(line));
      const extra = found.find((line) => !expected.includes(line));
      const says = (store: Store, line: string | undefined) =>
        line === undefined ? [] : [`only ${store.name} has ${line}`];
      const words = [...says(first, missing), ...says(other, extra)];
      if (words.length > 0) findings.push({ invariant: "V9", words: `Table ${name}: ${words.join("; ")}.` });
    }
  }
  return findings;
}

async function linesOf(store: Store, name: string, without: ReadonlySet<string>): Promise<readonly string[]> {
  const rows = await store.rows(`SELECT * FROM ${name}`);
  return rows.map((row) => lineOf(row, without)).sort();
}

function lineOf(row: Cells, without: ReadonlySet<string>): string {
  return Object.keys(row)
    .filter((column) => !without.has(column))
    .sort()
    .map((column) => {
      const cell = row[column];
      if (cell === null) return `${column}=NULL`;
      return `${column}=${amountColumns.has(column) ? amountText(units(cell)) : text(cell)}`;
    })
    .join(" ");
}
