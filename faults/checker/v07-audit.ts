import { createHash } from "node:crypto";
import { type Cells, shown, text, units, whole } from "../database/store.ts";
import { listOf, members, parsed } from "../load/json.ts";
import { amountText, unitsOf } from "./decimal.ts";
import type { Check, Evidence, Finding } from "./finding.ts";
import { amountColumns, tables } from "./table.ts";
import { described, writesOf } from "./writes.ts";

const beginning = "0".repeat(64);

/** V7: one audit row per committed change, gap-free per resource, chained by hashes, its last image the row itself. */
export const audited: Check = async (evidence) => {
  const [store] = evidence.stores;
  const rows = await store.rows("SELECT * FROM audit_log ORDER BY resource, resource_id, sequence");
  const chains = Map.groupBy(rows, ({ resource, resource_id }) => `${text(resource)} ${text(resource_id)}`);
  const words = [...chains].flatMap(([name, chain]) => brokenChain(chain).map((fault) => `Audit of ${name}: ${fault}`));
  words.push(...againstJournal(evidence, rows), ...(await againstRows(evidence, chains)));
  return words.map((fault): Finding => ({ invariant: "V7", words: fault }));
};

function brokenChain(chain: readonly Cells[]): readonly string[] {
  const found: string[] = [];
  let previous: Cells | null = null;
  for (const [index, row] of chain.entries()) {
    const place = `row ${text(row.sequence)}`;
    if (whole(row.sequence) !== index + 1) found.push(`${place} stands where ${index + 1} was expected.`);
    for (const column of ["happened_at", "principal", "request_id", "write_id"])
      if (text(row[column]) === "") found.push(`${place} has no ${column}.`);
    if (text(row.previous_hash) !== (previous === null ? beginning : text(previous.hash)))
      found.push(`${place} does not follow the hash before it.`);
    if (text(row.hash) !== hashOf(row)) found.push(`${place} does not have the hash of what it says.`);
    if (previous !== null && text(previous.after_state) !== text(row.before_state))
      found.push(`${place} begins in another state than the one before it ended in.`);
    if (row.action === "create" && (index > 0 || row.before_state !== null))
      found.push(`${place} creates what was there already.`);
    if ((row.action === "delete") !== (row.after_state === null))
      found.push(
        `${place} is a ${text(row.action)} and ${row.after_state === null ? "leaves nothing" : "leaves a state"}.`,
      );
    previous = row;
  }
  return found;
}

function hashOf(row: Cells): string {
  const textOrNull = (cell: unknown) => (cell === null ? null : text(cell));
  const told = [
    text(row.resource),
    whole(row.resource_id),
    whole(row.sequence),
    text(row.happened_at).slice(0, 19).replace(" ", "T"),
    ...[row.principal, row.request_id, row.write_id, row.action, row.before_state, row.after_state].map(textOrNull),
    text(row.previous_hash),
  ];
  return createHash("sha256").update(JSON.stringify(told)).digest("hex");
}

/** The attempts of one write have request ids of their own: exactly one of them has changed something. */
function againstJournal({ journal }: Evidence, rows: readonly Cells[]): readonly string[] {
  const found: string[] = [];
  const byRequest = Map.groupBy(rows, ({ request_id }) => text(request_id));
  const twice = Map.groupBy(rows, ({ write_id }) => text(write_id));
  for (const [id, same] of twice)
    if (same.length > 1) found.push(`The write ${id} stands ${same.length} times in the audit.`);
  const known = new Set<string>();
  for (const write of writesOf(journal)) {
    let count = 0;
    for (const { requestId } of write.entry.attempts) {
      known.add(requestId);
      count += byRequest.get(requestId)?.length ?? 0;
    }
    const { kind } = write.outcome;
    if (kind === "acknowledged" && count !== 1)
      found.push(`${described(write)} was acknowledged once and stands ${count} times in the audit.`);
    if (kind === "refused" && count > 0) found.push(`${described(write)} was refused and stands in the audit.`);
    if (kind === "unknown" && count > 1) found.push(`${described(write)} stands ${count} times in the audit.`);
  }
  for (const [id, [row]] of byRequest)
    if (!known.has(id))
      found.push(
        `The audit of ${text(row?.resource)} ${text(row?.resource_id)} names a request ${id} that nobody made.`,
      );
  return found;
}

async function againstRows(
  { stores }: Evidence,
  chains: ReadonlyMap<string, readonly Cells[]>,
): Promise<readonly string[]> {
  const found: string[] = [];
  const [store] = stores;
  const details = Map.groupBy(await store.rows("SELECT * FROM order_details"), (line) => whole(line.order_id));
  for (const table of tables) {
    const rows = new Map((await store.rows(`SELECT * FROM ${table.name}`)).map((row) => [whole(row.id), row]));
    for (const [name, chain] of chains) {
      const last = chain.at(-1);
      if (last === undefined || text(last.resource) !== table.audited) continue;
      const row = rows.get(whole(last.resource_id));
      const image = last.after_state === null ? null : members(parsed(text(last.after_state)));
      if ((row === undefined) !== (image === null))
        found.push(`Audit of ${name}: by its last row it is ${image === null ? "gone" : "there"}, and that is not so.`);
      if (row === undefined || image === null) continue;
      for (const words of differences(image, row)) found.push(`Audit of ${name}: ${words}`);
      if (table.name !== "orders") continue;
      const lines = new Map((details.get(whole(row.id)) ?? []).map((line) => [whole(line.id), line]));
      for (const line of listOf(image.get("order_details")).map(members)) {
        const stored = lines.get(whole(line.get("id")));
        lines.delete(whole(line.get("id")));
        if (stored === undefined) found.push(`Audit of ${name}: detail ${text(line.get("id"))} is not there.`);
        else for (const words of differences(line, stored)) found.push(`Audit of ${name}, a detail: ${words}`);
      }
      if (lines.size > 0)
        found.push(`Audit of ${name}: the order has ${lines.size} details that its last image has not.`);
    }
  }
  return found;
}

/** Where the image and the row differ, in the columns they share. */
export function differences(image: ReadonlyMap<string, unknown>, row: Cells): readonly string[] {
  const found: string[] = [];
  for (const [field, imaged] of image) {
    if (!(field in row)) continue;
    const isAmount = amountColumns.has(field);
    const stored = row[field] === null ? "" : isAmount ? amountText(units(row[field])) : shown(row[field]);
    const told = isAmount ? amountOrEmpty(imaged) : plain(imaged);
    if (stored !== told) found.push(`${field} is ${told} there and ${stored} in the row.`);
  }
  return found;
}

function amountOrEmpty(value: unknown): string {
  const amount = unitsOf(value);
  return amount === null ? "" : amountText(amount);
}

/** As the column has it: a list of ids is a text like `2;6`. */
function plain(value: unknown): string {
  return Array.isArray(value) ? value.map(text).join(";") : shown(value);
}
