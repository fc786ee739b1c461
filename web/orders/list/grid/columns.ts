import { mayIn, type Right, type Session } from "../../../api/session/session.ts";
import type { MessageKey } from "../../../messages/text.ts";

/** The columns of the API by which the list is sorted. */
export const sortColumns = [
  "order_date",
  "id",
  "status_id",
  "customer",
  "ship_city",
  "employee",
  "shipper",
  "shipped_date",
  "paid_date",
  "order_total",
] as const;
export type SortColumn = (typeof sortColumns)[number];

export type ColumnName =
  | "id"
  | "status"
  | "order_date"
  | "customer"
  | "ship_to"
  | "employee"
  | "shipper"
  | "shipped_date"
  | "payment"
  | "total";

export interface Column {
  readonly name: ColumnName;
  readonly label: MessageKey;
  /** The minimum width in rem, and its share of the remaining width. */
  readonly width: number;
  readonly grow: number;
  /** The sort of this column. */
  readonly sort?: SortColumn;
  readonly alignRight?: true;
  /** Whoever lacks this right has no such column. */
  readonly right?: Right;
  readonly isUsual: boolean;
}

/** The columns of the list, in their order. */
export const columns: readonly Column[] = [
  { name: "id", label: "orders.column.id", width: 6, grow: 0, sort: "id", isUsual: true },
  { name: "status", label: "orders.column.status", width: 7, grow: 0, sort: "status_id", isUsual: true },
  { name: "order_date", label: "orders.column.orderDate", width: 7.5, grow: 0, sort: "order_date", isUsual: true },
  { name: "customer", label: "orders.column.customer", width: 9, grow: 2, sort: "customer", isUsual: true },
  { name: "ship_to", label: "orders.column.shipTo", width: 8, grow: 2, sort: "ship_city", isUsual: true },
  { name: "employee", label: "orders.column.employee", width: 7, grow: 1.2, sort: "employee", isUsual: true },
  { name: "shipper", label: "orders.column.shipper", width: 7, grow: 1.2, sort: "shipper", isUsual: true },
  {
    name: "shipped_date",
    label: "orders.column.shippedDate",
    width: 7.5,
    grow: 0,
    sort: "shipped_date",
    isUsual: false,
  },
  { name: "payment", label: "orders.column.payment", width: 7, grow: 1, sort: "paid_date", isUsual: false },
  {
    name: "total",
    label: "orders.column.total",
    width: 7,
    grow: 0,
    sort: "order_total",
    alignRight: true,
    right: "see-prices",
    isUsual: true,
  },
];

const usualColumns: readonly ColumnName[] = columns.filter(({ isUsual }) => isUsual).map(({ name }) => name);

export const densities = ["compact", "comfortable"] as const;
export type Density = (typeof densities)[number];

/** How the list is shown, whatever it holds. */
export interface ListLook {
  readonly columns: readonly ColumnName[];
  readonly density: Density;
}

/** The height of a row in rem: 32 or 40 pixels at the default text size. On a phone a row is a card. */
export const rowHeights: Readonly<Record<Density, number>> = { compact: 2, comfortable: 2.5 };
export const cardHeight = 4.5;

/** Reads the look from a URL. The order number is always shown: it is the link to the order. */
export function readLook(params: URLSearchParams): ListLook {
  const named = new Set(params.get("columns")?.split(","));
  const chosen = columns.map(({ name }) => name).filter((name) => name === "id" || named.has(name));
  return {
    columns: params.get("columns") === null ? usualColumns : chosen,
    density: params.get("density") === "comfortable" ? "comfortable" : "compact",
  };
}

/** Writes into the URL what differs from the default. */
export function writeLook(look: ListLook, params: URLSearchParams): void {
  if (look.columns.join() !== usualColumns.join()) params.set("columns", look.columns.join());
  if (look.density !== "compact") params.set("density", look.density);
}

/** The look with one column more or less. */
export function withColumn(look: ListLook, column: ColumnName, isShown: boolean): ListLook {
  const shown = columns.map(({ name }) => name);
  return {
    ...look,
    columns: shown.filter((name) => (name === column ? isShown || name === "id" : look.columns.includes(name))),
  };
}

const boxWidth = 2.25;

/** The grid tracks of a row with these columns; the first holds the checkbox. */
export function tracksOf(shown: readonly Column[]): string {
  const tracks = shown.map(({ width, grow }) => (grow === 0 ? `${width}rem` : `minmax(${width}rem,${grow}fr)`));
  return [`${boxWidth}rem`, ...tracks].join(" ");
}

/** Below this width the list scrolls sideways. */
export function leastWidth(shown: readonly Column[]): string {
  return `${shown.reduce((sum, { width }) => sum + width, boxWidth)}rem`;
}

/** The columns that a user may see. */
export function columnsFor(session: Session): readonly Column[] {
  return columns.filter(({ right }) => right === undefined || mayIn(session, right));
}

export function shownColumns(look: ListLook, session: Session): readonly Column[] {
  return columnsFor(session).filter(({ name }) => look.columns.includes(name));
}
