/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: Json;
}

export const partyTables = ["customers", "employees", "shippers", "suppliers"] as const;
export const nounTables = [...partyTables, "products", "orders"] as const;
export const tables = [...nounTables, "order_details"] as const;
export type PartyTable = (typeof partyTables)[number];
/** A table with routes of its own. */
export type Noun = (typeof nounTables)[number];
export type Table = (typeof tables)[number];

/** A stored row. Never changed: a write puts another in its place, so that a copy of the company is cheap. */
export interface Row {
  readonly id: number;
  readonly version: number;
  readonly fields: JsonObject;
}

/** One change of a resource, as its history tells it. */
export interface Change {
  readonly noun: Noun;
  readonly id: number;
  readonly before: Json;
  readonly after: Json;
}

/** The whole company in memory: plain maps, one row each, with the rules of the business around them. */
export class Company {
  readonly rows: Record<Table, Map<number, Row>>;
  readonly nextId: Record<Table, number>;
  /** The oldest first. */
  readonly changes: Change[];
  /** Ids from here on exist only in a rehearsal. */
  readonly rehearsedFrom: Readonly<Record<Table, number>> | null;

  constructor(origin?: Company, kind: "kept" | "rehearsal" = "kept") {
    const rowsOf = (table: Table) => new Map(origin?.rows[table]);
    this.rows = everyTable(rowsOf);
    this.nextId = everyTable((table) => origin?.nextId[table] ?? 1);
    this.changes = [...(origin?.changes ?? [])];
    this.rehearsedFrom = kind === "rehearsal" ? { ...this.nextId } : null;
  }

  insert(table: Table, fields: JsonObject): Row {
    const row = { id: this.nextId[table], version: 0, fields };
    this.nextId[table] += 1;
    this.rows[table].set(row.id, row);
    return row;
  }

  /** Raises the version, whatever changed. */
  update(table: Table, row: Row, fields: JsonObject): Row {
    const changed = { id: row.id, version: row.version + 1, fields: { ...row.fields, ...fields } };
    this.rows[table].set(row.id, changed);
    return changed;
  }

  all(table: Table): readonly Row[] {
    return [...this.rows[table].values()].sort((a, b) => a.id - b.id);
  }

  detailsOf(orderId: number): readonly Row[] {
    return this.all("order_details").filter(({ fields }) => fields.order_id === orderId);
  }

  /** An id as an answer shows it: that of a row that will not be kept is nobody's. */
  shownId(table: Table, id: number): Json {
    return this.rehearsedFrom !== null && id >= this.rehearsedFrom[table] ? "new" : id;
  }
}

function everyTable<T>(make: (table: Table) => T): Record<Table, T> {
  return {
    customers: make("customers"),
    employees: make("employees"),
    shippers: make("shippers"),
    suppliers: make("suppliers"),
    products: make("products"),
    orders: make("orders"),
    order_details: make("order_details"),
  };
}
