import { Database } from "bun:sqlite";
import { createHash } from "node:crypto";

/** Columns that always differ between two runs of the same request: times, request ids, and hashes of them. */
const differsByNature: ReadonlySet<string> = new Set([
  ...[
    "idempotency_key",
    "created_at",
    "happened_at",
    "request_id",
    "client_request_id",
    "write_id",
    "hash",
    "previous_hash",
    "used_at",
  ],
]);

/** Clock times of the trade: of two runs it is compared whether they are set. */
const clockColumns: ReadonlySet<string> = new Set([
  ...["date_allocated", "shipped_date", "invoice_date", "due_date", "voided_date", "closed_date", "submitted_date"],
  ...["transaction_created_date", "transaction_modified_date", "returned_date", "created_date", "approved_date"],
  ...["date_received", "creation_date", "counted_date"],
]);
const clockMembers = new RegExp(`"(${[...clockColumns].join("|")})":"[^"]*"`, "g");

/** JSON without the clock times of the trade. */
function withoutClock(json: string): string {
  return json.replace(clockMembers, '"$1":"clock"');
}

/** A SQLite file, read without the API. */
export class Content {
  readonly #database: Database;

  constructor(path: string) {
    this.#database = new Database(path);
  }

  close(): void {
    this.#database.close();
  }

  /** The whole content as text, equal for equal states. */
  get text(): string {
    const tables = this.#database
      .query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .all();
    return tables.map(({ name }) => `${name}\n${rowsOf(this.#database, name)}`).join("\n");
  }

  /** Where the hashes of the audit log do not chain. (The hashes themselves differ from run to run.) */
  brokenChains(): string[] {
    // SQLite's JSON of these values is the JSON of JavaScript: text, whole numbers and NULL.
    const rows = this.#database
      .query<AuditRow, []>(
        `SELECT sequence, previous_hash, hash,
           json_array(resource, resource_id, sequence, replace(happened_at, ' ', 'T'),
             principal, request_id, write_id, action, before_state, after_state, previous_hash) AS hashed
         FROM audit_log ORDER BY resource, resource_id, sequence`,
      )
      .all();
    return rows.flatMap(({ sequence, previous_hash, hash, hashed }, index) => {
      const before = sequence === 1 ? "0".repeat(64) : rows[index - 1]?.hash;
      const right = previous_hash === before && hash === createHash("sha256").update(hashed).digest("hex");
      return right ? [] : [`The audit log does not chain at ${hashed.slice(0, 60)}.`];
    });
  }
}

interface AuditRow {
  readonly previous_hash: string;
  readonly hash: string;
  readonly sequence: number;
  readonly hashed: string;
}

/** The content of a file as text. */
export function contentOf(path: string): string {
  const content = new Content(path);
  const { text } = content;
  content.close();
  return text;
}

function rowsOf(database: Database, table: string): string {
  const rows = database.query<Record<string, unknown>, []>(`SELECT * FROM "${table}"`).all();
  const texts = rows.map((row) =>
    Object.entries(row)
      .filter(([column]) => !differsByNature.has(column))
      .map(([column, value]) => `${column}=${comparable(column, value)}`)
      .join(" "),
  );
  return texts.toSorted().join("\n");
}

function comparable(column: string, value: unknown): string {
  if (clockColumns.has(column)) return value === null ? "null" : "clock";
  if (column === "answer") return withoutOwn(String(value));
  return /_state$/.test(column) ? withoutClock(String(value)) : String(value);
}

/** Copies a database into one file, including what is still in the write-ahead log. */
export function completeCopy(path: string, to: string): void {
  const database = new Database(path);
  database.run("VACUUM INTO ?", [to]);
  database.close();
}

/** The answer without the request id that a refusal contains, and without clock times. */
export function withoutOwn(answer: string): string {
  return withoutClock(answer)
    .replace(/"request_id":"[^"]*"/, '"request_id":""')
    .replace(/urn:northwind:request:[^"]*/, "urn:northwind:request:");
}

/** The first line that only one of the two contents has. */
export function firstDifference(found: string, wanted: string): string {
  const lines = new Set(wanted.split("\n"));
  const more = found.split("\n").find((line) => !lines.has(line));
  if (more !== undefined) return `there is ${more}`;
  const there = new Set(found.split("\n"));
  return `there is no ${wanted.split("\n").find((line) => !there.has(line)) ?? "difference but the number of rows"}`;
}
