import { createHash } from "node:crypto";
import { asAnswered, type Cells, integer, text, units } from "../../database/store.ts";
import { listOf, members, parsed } from "../../load/json.ts";
import { amountText, unitsOf } from "../decimal.ts";
import type { Check, Evidence, Finding } from "../finding.ts";
import { placesOf, tables } from "../table.ts";
import { described, writesOf } from "../writes.ts";

const beginning = "0".repeat(64);

/** V7: one audit entry per committed change, numbered without gaps, chained by hashes; the last one equals the row. */
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
    if (integer(row.sequence) !== index + 1) found.push(`${place} was found, ${index + 1} was expected.`);
    for (const column of ["happened_at", "principal", "request_id", "write_id"])
      if (text(row[column]) === "") found.push(`${place} has no ${column}.`);
    if (text(row.previous_hash) !== (previous === null ? beginning : text(previous.hash)))
      found.push(`${place} does not have the hash of the row before it.`);
    if (text(row.hash) !== hashOf(row)) found.push(`${place} does not have the hash of its content.`);
    // What happens to somebody's access changes no state, and stock is moved by other resources in between.
    if (
      row.resource !== "access" &&
      row.resource !== "stock" &&
      previous !== null &&
      text(previous.after_state) !== text(row.before_state)
    )
      found.push(`${place} does not begin in the state in which the row before it ended.`);
    if (row.action === "create" && (index > 0 || row.before_state !== null))
      found.push(`${place} creates what already existed.`);
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
  const content = [
    text(row.resource),
    integer(row.resource_id),
    integer(row.sequence),
    text(row.happened_at).slice(0, 19).replace(" ", "T"),
    ...[row.principal, row.request_id, row.write_id, row.action, row.before_state, row.after_state].map(textOrNull),
    text(row.previous_hash),
    ...(row.client_request_id === null ? [] : [text(row.client_request_id)]),
  ];
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

const aboutAccess: ReadonlySet<string> = new Set(["user", "token", "access"]);

/** Each attempt of a write has its own request id: exactly one of them may have changed something. */
function againstJournal({ journal }: Evidence, rows: readonly Cells[]): readonly string[] {
  const found: string[] = [];
  const byRequest = Map.groupBy(rows, ({ client_request_id }) => text(client_request_id));
  const twice = Map.groupBy(rows, ({ write_id }) => text(write_id));
  for (const [id, same] of twice)
    if (same.length > 1) found.push(`The write ${id} is ${same.length} times in the audit.`);
  const known = new Set<string>();
  for (const write of writesOf(journal)) {
    let count = 0;
    for (const { requestId } of write.entry.attempts) {
      known.add(requestId);
      count += byRequest.get(requestId)?.length ?? 0;
    }
    const { kind } = write.outcome;
    if (kind === "acknowledged" && count !== 1)
      found.push(`${described(write)} was acknowledged once and is ${count} times in the audit.`);
    if (kind === "refused" && count > 0) found.push(`${described(write)} was refused and is in the audit.`);
    if (kind === "unknown" && count > 1) found.push(`${described(write)} is ${count} times in the audit.`);
  }
  // A request of the trade may change several resources, but only one of its attempts does.
  for (const { intent, attempts, outcome, number } of journal) {
    if (intent !== "trade") continue;
    for (const { requestId } of attempts) known.add(requestId);
    const done = attempts.filter(({ requestId }) => byRequest.has(requestId)).length;
    const isWrong = outcome.kind === "acknowledged" ? done !== 1 : done > (outcome.kind === "refused" ? 0 : 1);
    if (isWrong) found.push(`Entry ${number} was ${outcome.kind}, and ${done} of its attempts are in the audit.`);
  }
  for (const [id, same] of byRequest) {
    // What rows do with users beside the journal has no id of a client.
    const [row] = id === "" ? same.filter(({ resource }) => !aboutAccess.has(text(resource))) : same;
    if (row !== undefined && !known.has(id))
      found.push(
        `The audit of ${text(row?.resource)} ${text(row?.resource_id)} names a request ${id} that no client sent.`,
      );
  }
  return found;
}

async function againstRows(
  { stores }: Evidence,
  chains: ReadonlyMap<string, readonly Cells[]>,
): Promise<readonly string[]> {
  const found: string[] = [];
  const [store] = stores;
  const details = Map.groupBy(await store.rows("SELECT * FROM order_details"), (line) => integer(line.order_id));
  for (const table of tables) {
    const rows = new Map((await store.rows(`SELECT * FROM ${table.name}`)).map((row) => [integer(row.id), row]));
    for (const [name, chain] of chains) {
      const last = chain.at(-1);
      if (last === undefined || text(last.resource) !== table.audited) continue;
      const row = rows.get(integer(last.resource_id));
      const image = last.after_state === null ? null : members(parsed(text(last.after_state)));
      if ((row === undefined) !== (image === null))
        found.push(`Audit of ${name}: the last row says it ${image === null ? "is gone" : "exists"}, which is wrong.`);
      if (row === undefined || image === null) continue;
      for (const words of differences(image, row)) found.push(`Audit of ${name}: ${words}`);
      if (table.name !== "orders") continue;
      for (const words of soldDifferences(image, row, details.get(integer(row.id)) ?? []))
        found.push(`Audit of ${name}: ${words}`);
      const lines = new Map((details.get(integer(row.id)) ?? []).map((line) => [integer(line.id), line]));
      for (const line of listOf(image.get("order_details")).map(members)) {
        const stored = lines.get(integer(line.get("id")));
        lines.delete(integer(line.get("id")));
        if (stored === undefined) found.push(`Audit of ${name}: detail ${text(line.get("id"))} is missing.`);
        else for (const words of differences(line, stored)) found.push(`Audit of ${name}, a detail: ${words}`);
      }
      if (lines.size > 0)
        found.push(`Audit of ${name}: the order has ${lines.size} details that the last entry lacks.`);
    }
  }
  return found;
}

/** The columns of an order that hold its customer as sold, by the members of the audited customer. */
const customerColumns = [
  ...(["company", "first_name", "last_name"] as const).map((member) => [member, `customer_${member}`] as const),
  ...(["address", "city", "state_province", "zip_postal_code", "country_region"] as const).map(
    (member) => [member, `billing_${member}`] as const,
  ),
];

/** Where the order of the details or the customer as sold differ. */
function soldDifferences(
  image: ReadonlyMap<string, unknown>,
  row: Cells,
  details: readonly Cells[],
): readonly string[] {
  const place = (line: Cells) => integer(line.position) * 2 ** 31 + integer(line.id);
  const stored = details.toSorted((a, b) => place(a) - place(b)).map(({ id }) => text(id));
  const audited = listOf(image.get("order_details")).map((line) => text(members(line).get("id")));
  const found = stored.join() === audited.join() ? [] : [`its details were ${audited}, and the rows are ${stored}.`];
  const customer = members(image.get("customer"));
  for (const [member, column] of customerColumns) {
    const [was, is] = [plain(customer.get(member)), asAnswered(row[column])];
    if (was !== is) found.push(`${column} is ${was} there and ${is} in the row.`);
  }
  return found;
}

/** Where the audited state and the row differ, in the columns they share. */
export function differences(image: ReadonlyMap<string, unknown>, row: Cells): readonly string[] {
  const found: string[] = [];
  for (const [field, imaged] of image) {
    if (!(field in row)) continue;
    const places = placesOf(field);
    const shown = places === null ? asAnswered(row[field]) : amountText(units(row[field]), places);
    const stored = row[field] === null ? "" : shown;
    const audited = places === null ? plain(imaged) : amountOrEmpty(imaged, places);
    if (stored !== audited) found.push(`${field} is ${audited} there and ${stored} in the row.`);
  }
  return found;
}

function amountOrEmpty(value: unknown, places: number): string {
  const amount = unitsOf(value, places);
  return amount === null ? "" : amountText(amount, places);
}

/** As in the column, where a list of ids is text like `2;6`. */
function plain(value: unknown): string {
  return Array.isArray(value) ? value.map(text).join(";") : asAnswered(value);
}
