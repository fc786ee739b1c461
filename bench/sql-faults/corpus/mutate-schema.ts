import type { Random } from "../../../schema/sample/random.ts";
import type { Catalog, Column } from "../../../sqlproof/src/check/types/catalog.ts";
import type { SchemaChange, SqlFault, Subject } from "./fault.ts";
import { tablesOf } from "./mutate-query.ts";
import type { Trial } from "./trial.ts";

/** A column of the project with a query that shows whether a change to it is noticed. */
interface Place {
  readonly table: string;
  readonly column: Column;
  readonly subject: Subject;
}

type Changer = (place: Place) => SchemaChange | null;
type Fits = (place: Place) => boolean;

const mentioned: Fits = ({ subject, column }) => new RegExp(`\\b${column.name}\\b`).test(subject.sql);
const selectedRequired: Fits = ({ subject, column }) =>
  subject.proof.columns.some(({ name, nullable }) => name === column.name && !nullable);
const selected: Fits = ({ subject, column }) => subject.proof.columns.some(({ name }) => name === column.name);
const writtenNull: Fits = ({ subject, column }) =>
  ["insert", "update"].includes(subject.proof.kind) &&
  subject.proof.parameters.some(({ name, nullable }) => name === column.name && nullable);

const classes: readonly (readonly [name: string, count: number, fits: Fits, change: Changer])[] = [
  ["column dropped, both engines", 8, mentioned, drop("both")],
  ["column dropped, one engine", 8, mentioned, drop("one")],
  ["column renamed, both engines", 8, mentioned, rename("both")],
  ["column renamed, one engine", 8, mentioned, rename("one")],
  ["table dropped or renamed", 10, mentioned, table],
  ["column type changed, both engines", 8, selected, retype("both")],
  ["column type changed, one engine", 10, selected, retype("one")],
  ["nullable made NOT NULL, both engines", 6, writtenNull, (place) => nullability(place, "both", false)],
  ["NOT NULL made nullable, both engines", 8, selectedRequired, (place) => nullability(place, "both", true)],
  ["nullability changed, one engine", 8, selected, oneSided],
];

/** The seeded faults in migrations. Each changes something that at least one query of the project relies on. */
export async function schemaFaults(
  subjects: readonly Subject[],
  catalog: Catalog,
  random: Random,
  trial: Trial,
): Promise<SqlFault[]> {
  const seeded: SqlFault[] = [];
  for (const [name, count, fits, make] of classes) {
    const seen = new Set<string>();
    for (let attempt = 0, made = 0; made < count && attempt < count * 400; attempt += 1) {
      const place = randomPlace(subjects, catalog, random);
      if (place === null || !fits(place)) continue;
      const changed = make(place);
      const key = JSON.stringify(changed);
      if (changed === null || seen.has(key)) continue;
      seen.add(key);
      if (!(await trial.takes(changed))) continue;
      made += 1;
      const id = `${name.replaceAll(/[, ]+/g, "-")}-${String(made).padStart(2, "0")}`;
      seeded.push({
        ...{ kind: "schema", id, class: name },
        ...{ changed: words(changed), subject: place.subject, change: changed },
      });
    }
  }
  return [...seeded, ...keyFaults(subjects)];
}

/** A column that can be changed alone: no key, no generated column, no source of one. */
function randomPlace(subjects: readonly Subject[], catalog: Catalog, random: Random): Place | null {
  const subject = random.pick(subjects);
  const tables = tablesOf(subject, catalog);
  if (tables.length === 0) return null;
  const name = random.pick(tables);
  const table = catalog.get(name);
  if (table === undefined || rebuilt.has(name) || filled.has(name)) return null;
  const keyed = new Set([
    ...table.primaryKey,
    ...table.uniqueKeys.flat(),
    ...table.foreignKeys.flatMap((key) => key.columns),
  ]);
  // The query may mean the column of that name of another of its tables.
  const elsewhere = new Set(
    tables.flatMap((other) => (other === name ? [] : [...(catalog.get(other)?.columns.keys() ?? [])])),
  );
  const free = [...table.columns.values()].filter(
    (column) => !keyed.has(column.name) && !column.generated && !folded.has(column.name) && !elsewhere.has(column.name),
  );
  return free.length === 0 ? null : { table: name, column: random.pick(free), subject };
}

/** A later migration makes these anew on SQLite: a change to the line that first declared a column would change nothing. */
const rebuilt: ReadonlySet<string> = new Set(["audit_log"]);

/** The steps write a row here, which does not fit another type or NOT NULL. */
const filled: ReadonlySet<string> = new Set(["company", "company_logo"]);

/** Columns that generated columns, triggers or indexes are made of. */
const folded: ReadonlySet<string> = new Set(
  "company first_name last_name job_title city email_address ship_name ship_city product_name product_code category description zip_postal_code state_province order_date status_id created_at version transaction_type quantity_per_unit business_phone home_phone mobile_phone fax_number search_text expires_at to_reorder low status shipped_date".split(
    " ",
  ),
);

function sides(place: Place, both: "both" | "one"): { readonly mariadb: boolean; readonly sqlite: boolean } {
  // The engine depends on the names, so that it is the same for the same seed.
  const first = (place.table.length + place.column.name.length) % 2 === 0;
  return both === "both" ? { mariadb: true, sqlite: true } : { mariadb: first, sqlite: !first };
}

function drop(both: "both" | "one"): Changer {
  return (place) => {
    const text = `ALTER TABLE ${place.table} DROP COLUMN ${place.column.name}`;
    const { mariadb, sqlite } = sides(place, both);
    return { ...names(place), mariadb: mariadb ? text : null, sqlite: sqlite ? text : null };
  };
}

function rename(both: "both" | "one"): Changer {
  return (place) => {
    const text = `ALTER TABLE ${place.table} RENAME COLUMN ${place.column.name} TO ${place.column.name}_renamed`;
    const { mariadb, sqlite } = sides(place, both);
    return { ...names(place), mariadb: mariadb ? text : null, sqlite: sqlite ? text : null };
  };
}

const leaves: ReadonlySet<string> = new Set([
  "invoices",
  "setup_steps",
  "idempotency_keys",
  "purchase_order_details",
  "employee_privileges",
]);

function table({ table: name, column }: Place): SchemaChange {
  const text =
    leaves.has(name) && column.name.length % 2 === 0
      ? `DROP TABLE ${name}`
      : `ALTER TABLE ${name} RENAME TO ${name}_renamed`;
  const oneSide = column.name.length % 3;
  return { table: name, column: null, mariadb: oneSide === 1 ? null : text, sqlite: oneSide === 2 ? null : text };
}

/** Another type for each declared type on MariaDB, and what SQLite then stores. */
function otherType({
  table: name,
  column,
}: Place): readonly [mariadb: string, sqliteFrom: string, sqliteTo: string] | null {
  switch (column.type) {
    case "integer":
      return ["VARCHAR(20)", "INTEGER", "TEXT"];
    case "decimal":
      return ["DOUBLE", "INTEGER", "REAL"];
    case "text":
      // The reference values of the migrations are words, which no migration could turn into numbers.
      return /_status$|_types$|^privileges$/.test(name) ? null : ["INT", "TEXT", "INTEGER"];
    case "datetime":
      return ["VARCHAR(20)", "TEXT", "TEXT"];
    case "boolean":
      return ["VARCHAR(5)", "INTEGER", "TEXT"];
    default:
      return null;
  }
}

function retype(both: "both" | "one"): Changer {
  return (place) => {
    const other = otherType(place);
    const { mariadb, sqlite } = sides(place, both);
    if (other === null || (!mariadb && other[1] === other[2])) return null;
    const [type, from, to] = other;
    return {
      ...names(place),
      mariadb: mariadb ? modified(place, type, place.column.nullable) : null,
      sqlite: sqlite ? edit(place, `${from}`, to) : null,
    };
  };
}

function nullability(place: Place, both: "both" | "mariadb" | "sqlite", nullable: boolean): SchemaChange | null {
  if (place.column.nullable === nullable || place.column.name === "shipping_fee" || place.column.name === "taxes")
    return null;
  const sqlite = nullable ? edit(place, "NOT NULL", "") : edit(place, "NULLABLE", "NOT NULL");
  return {
    ...names(place),
    mariadb: both === "sqlite" ? null : modified(place, place.column.declared, nullable),
    sqlite: both === "mariadb" ? null : sqlite,
  };
}

function oneSided(place: Place): SchemaChange | null {
  const { mariadb } = sides(place, "one");
  return nullability(place, mariadb ? "mariadb" : "sqlite", !place.column.nullable);
}

function modified({ table: name, column }: Place, type: string, nullable: boolean): string {
  return `ALTER TABLE ${name} MODIFY ${column.name} ${type} ${nullable ? "NULL" : "NOT NULL"}`;
}

/** SQLite cannot change a column, so the line of its table is edited: `EDIT table.column: from -> to`. */
function edit({ table: name, column }: Place, from: string, to: string): string {
  return `EDIT ${name}.${column.name}: ${from} -> ${to}`;
}

function names({ table: name, column }: Place): { readonly table: string; readonly column: string } {
  return { table: name, column: column.name };
}

const keyChanges: readonly SchemaChange[] = [
  change("setup_steps", "step", "ALTER TABLE setup_steps DROP PRIMARY KEY", null),
  change("employee_privileges", "privilege_id", "ALTER TABLE employee_privileges ADD UNIQUE KEY (privilege_id)", null),
  change("products", "product_code", "ALTER TABLE products ADD UNIQUE KEY (product_code)", null),
  change("employees", "email_address", null, "CREATE UNIQUE INDEX employees_mail ON employees (email_address)"),
  change("idempotency_keys", "method", null, "EDIT idempotency_keys_of_principals.method: TEXT -> TEXT COLLATE NOCASE"),
  change(
    "idempotency_keys",
    "path",
    "ALTER TABLE idempotency_keys MODIFY path VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL",
    null,
  ),
  change(
    "idempotency_keys",
    "status",
    null,
    "EDIT idempotency_keys_of_principals.status: NOT NULL -> NOT NULL DEFAULT 200",
  ),
  change("orders", "tax_rate", "ALTER TABLE orders MODIFY tax_rate DECIMAL(19,2) NULL DEFAULT 0", null),
];

function change(table: string, column: string, mariadb: string | null, sqlite: string | null): SchemaChange {
  return { table, column, mariadb, sqlite };
}

/** Written by hand: keys, defaults, collations and scales that differ between the engines. */
function keyFaults(subjects: readonly Subject[]): SqlFault[] {
  return keyChanges.map((changed, index) => {
    const subject = subjects.find(({ sql }) => new RegExp(`\\b${changed.table}\\b`).test(sql));
    if (subject === undefined) throw new Error(`no query names ${changed.table}`);
    const id = `key-default-collation-scale-${String(index + 1).padStart(2, "0")}`;
    const name = "key, default, collation or scale, one engine";
    return { kind: "schema", id, class: name, changed: words(changed), subject, change: changed };
  });
}

function words({ mariadb, sqlite }: SchemaChange): string {
  return [mariadb === null ? "" : `MariaDB: ${mariadb}`, sqlite === null ? "" : `SQLite: ${sqlite}`]
    .filter(Boolean)
    .join(" and ");
}
