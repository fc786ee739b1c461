// The company in memory: plain maps that a write copies and replaces. The rules around them, written a second time from
// the API's contract and not from its code, are in the other files of this folder; comparison/ runs both against them.

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: Json;
}

export const contactTables = ["customers", "employees", "shippers", "suppliers"] as const;
export const resourceTables = [...contactTables, "products", "tax_rates", "orders"] as const;
export const tables = [...resourceTables, "order_details"] as const;
export type ContactTable = (typeof contactTables)[number];
/** A table with its own routes. */
export type Resource = (typeof resourceTables)[number];
export type Table = (typeof tables)[number];

/** A stored row. It is immutable: a write replaces it, so that a copy of the company is cheap. */
export interface Row {
  readonly id: number;
  readonly version: number;
  readonly fields: JsonObject;
}

/** One change of a resource, as in its history. */
export interface Change {
  readonly resource: Resource;
  readonly id: number;
  readonly before: Json;
  readonly after: Json;
}

/** All rows of the company, in memory. */
export class Company {
  readonly rows: Record<Table, Map<number, Row>>;
  readonly nextId: Record<Table, number>;
  /** Oldest first. */
  readonly changes: Change[];
  /** Ids from here on exist only in this dry run; null when it is none. */
  readonly dryRunFrom: Readonly<Record<Table, number>> | null;

  constructor(origin?: Company, kind: "commit" | "dry run" = "commit") {
    const rowsOf = (table: Table) => new Map(origin?.rows[table]);
    this.rows = everyTable(rowsOf);
    this.nextId = everyTable((table) => origin?.nextId[table] ?? 1);
    this.changes = [...(origin?.changes ?? [])];
    this.dryRunFrom = kind === "dry run" ? { ...this.nextId } : null;
  }

  insert(table: Table, fields: JsonObject): Row {
    const row = { id: this.nextId[table], version: 0, fields };
    this.nextId[table] += 1;
    this.rows[table].set(row.id, row);
    return row;
  }

  /** Increments the version, whatever changed. */
  update(table: Table, row: Row, fields: JsonObject): Row {
    const changed = { id: row.id, version: row.version + 1, fields: { ...row.fields, ...fields } };
    this.rows[table].set(row.id, changed);
    return changed;
  }

  all(table: Table): readonly Row[] {
    return [...this.rows[table].values()].sort((a, b) => a.id - b.id);
  }

  /** The details of an order in the order in which they were sent. */
  detailsOf(orderId: number): readonly Row[] {
    const place = ({ fields }: Row) => Number(fields.position);
    return this.all("order_details")
      .filter(({ fields }) => fields.order_id === orderId)
      .sort((a, b) => place(a) - place(b));
  }

  /** An id as in an answer: a row that a dry run creates has none. */
  shownId(table: Table, id: number): Json {
    return this.dryRunFrom !== null && id >= this.dryRunFrom[table] ? "new" : id;
  }
}

function everyTable<T>(make: (table: Table) => T): Record<Table, T> {
  return {
    customers: make("customers"),
    employees: make("employees"),
    shippers: make("shippers"),
    suppliers: make("suppliers"),
    products: make("products"),
    tax_rates: make("tax_rates"),
    orders: make("orders"),
    order_details: make("order_details"),
  };
}
