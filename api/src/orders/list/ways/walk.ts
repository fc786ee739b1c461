import type { Database } from "sqlproof";
import { firstMoment, lastMoment } from "../filter.ts";
import { pages } from "../pages.ts";
import type { Column, SortValue } from "../request.ts";
import { type DateColumn, type DateRange, dateIn, namesOf, type Place, PlaceIsGone } from "./facts.ts";
import { contactsWithOrders, nextPlace, statusIds } from "./groups.ts";
import { datedOrders, ofGroup, undatedOrders } from "./indexes.ts";

/*
 * Goes through all orders in the order of a column, along its index. A list consists of parts that are read one after
 * the other: the orders without a date and those with one, or a group for each status, customer, place and so on.
 */

/** A column whose index leads through all orders. */
export type WalkedColumn = Exclude<Column, "order_total">;

export interface ReadPlace {
  readonly after: Place | null;
  readonly rows: number;
  readonly skip: number;
}

/** Reads the orders of one part, those after `after`, or from its beginning. */
export type ReadPart = (place: ReadPlace) => Promise<readonly Place[]>;

const smallestId = 0;
const largestId = 2_147_483_648;
/** Sorts behind every place and every name. */
const behindAll = "\u{10ffff}";

export interface Walk {
  readonly column: WalkedColumn;
  readonly isDown: boolean;
  /** Where to begin; null for the beginning. */
  readonly from: Place | null;
  /** The moments to which a date is confined. */
  readonly range: DateRange | null;
  /** Whether the filters leave only orders with a date, or only those without; null for both. */
  readonly isDated: boolean | null;
  /** The groups that the filters leave; null for all. */
  readonly groups: readonly SortValue[] | null;
}

/** A walk through all orders. */
export const unconfined = { range: null, isDated: null, groups: null } as const;

/** The parts of a list, from the one in which `from` is; that one is read from there on. */
export function partsOf(db: Database, walk: Walk): AsyncGenerator<ReadPart> {
  const { column } = walk;
  switch (column) {
    case "id":
      return partById(db, walk);
    case "order_date":
    case "shipped_date":
    case "paid_date":
      return partsByDate(db, walk, column);
    default:
      return partsByGroup(db, walk, column);
  }
}

async function* partById(db: Database, { isDown, from }: Walk): AsyncGenerator<ReadPart> {
  yield async ({ after, rows, skip }) => {
    const id = (after ?? from)?.id ?? (isDown ? largestId : smallestId);
    const found = await db.all(pages[isDown ? "-id" : "id"].any, { id, rows, skip });
    return found.map((order) => ({ id: order.id, value: null }));
  };
}

async function* partsByDate(db: Database, walk: Walk, column: DateColumn): AsyncGenerator<ReadPart> {
  const { isDown, from, range, isDated } = walk;
  const direction = isDown ? "down" : "up";
  const undated: ReadPart = async ({ after, rows, skip }) => {
    const id = (after ?? from)?.id ?? (isDown ? largestId : smallestId);
    const found = await db.all(undatedOrders[column][direction], { id, rows, skip });
    return found.map((order) => ({ id: order.id, value: null }));
  };
  const dated: ReadPart = async ({ after, rows, skip }) => {
    const begin = after ?? (from?.value === null ? null : from);
    const at = dateIn(begin?.value ?? null);
    const id = begin?.id ?? (isDown ? largestId : smallestId);
    const { first, last } = range ?? { first: firstMoment, last: lastMoment };
    const between = isDown
      ? { first, last: at !== null && at < last ? at : last }
      : { first: at !== null && at > first ? at : first, last };
    const found = await db.all(datedOrders[column][direction], { ...between, id, rows, skip });
    return found.map((order) => ({ id: order.id, value: order.date }));
  };
  const isInDated = from !== null && from.value !== null;
  if (range !== null || isDated === true) yield dated;
  else if (isDated === false) yield undated;
  else if (isDown) {
    if (from === null || isInDated) yield dated;
    yield undatedAfter(undated, from);
  } else {
    if (!isInDated) yield undated;
    yield dated;
  }
}

/** Those without a date from the beginning, unless the list goes on among them. */
function undatedAfter(undated: ReadPart, from: Place | null): ReadPart {
  if (from === null || from.value === null) return undated;
  return (place) => undated({ ...place, after: place.after ?? { id: largestId, value: null } });
}

type GroupColumn = keyof typeof ofGroup;

async function* partsByGroup(db: Database, walk: Walk, column: GroupColumn): AsyncGenerator<ReadPart> {
  const { isDown, from, groups } = walk;
  const [only, ...others] = groups ?? [];
  if (only !== undefined && others.length === 0) {
    yield groupPart(db, column, isDown, only, from?.id ?? null);
    return;
  }
  const isLeft = (value: SortValue) => groups === null || groups.includes(value);
  if (from !== null) yield groupPart(db, column, isDown, from.value, from.id);
  else if (!isDown && isLeft(null)) yield groupPart(db, column, isDown, null, null);
  if (from === null || from.value !== null || !isDown)
    for await (const value of groupsAfter(db, column, isDown, from === null ? null : from.value))
      if (isLeft(value)) yield groupPart(db, column, isDown, value, null);
  if (isDown && from?.value !== null && isLeft(null)) yield groupPart(db, column, isDown, null, null);
}

/** The orders of a group by id: the part of a list by a column, or a list by id that is filtered by it. */
export function groupPart(
  db: Database,
  column: GroupColumn,
  isDown: boolean,
  value: SortValue,
  afterId: number | null,
): ReadPart {
  return async ({ after, rows, skip }) => {
    const id = after?.id ?? afterId ?? (isDown ? largestId : smallestId);
    const place = { id, rows, skip };
    return (await idsOfGroup(db, column, isDown, value, place)).map((order) => ({ id: order.id, value }));
  };
}

interface Cut {
  readonly id: number;
  readonly rows: number;
  readonly skip: number;
}

function idsOfGroup(db: Database, column: GroupColumn, isDown: boolean, value: SortValue, cut: Cut) {
  const direction = isDown ? "down" : "up";
  if (column === "ship_city" || column === "ship_country_region")
    return db.all(ofGroup[column][direction], { ...cut, value: value === null ? null : String(value) });
  return db.all(ofGroup[column][direction], { ...cut, value: value === null ? null : Number(value) });
}

/** The groups after one, those without a value apart. */
function groupsAfter(
  db: Database,
  column: GroupColumn,
  isDown: boolean,
  after: SortValue,
): AsyncGenerator<string | number> {
  switch (column) {
    case "status_id":
      return statusesAfter(db, isDown, after);
    case "customer":
    case "employee":
    case "shipper":
      return contactsAfter(db, column, isDown, after);
    default:
      return placesAfter(db, column, isDown, after);
  }
}

async function* statusesAfter(db: Database, isDown: boolean, after: SortValue): AsyncGenerator<number> {
  const ids = (await db.all(statusIds)).map(({ id }) => id);
  for (const id of isDown ? ids.reverse() : ids)
    if (after === null || (isDown ? id < Number(after) : id > Number(after))) yield id;
}

/** So many contacts are read at once. */
const contactsAtOnce = 100;

async function* contactsAfter(
  db: Database,
  contact: keyof typeof contactsWithOrders,
  isDown: boolean,
  after: SortValue,
): AsyncGenerator<number> {
  let place = { name: isDown ? behindAll : "", id: isDown ? largestId : smallestId };
  if (after !== null) {
    const id = Number(after);
    const name = (await namesOf(db, contact, new Set([id]))).get(id);
    if (name === undefined) throw new PlaceIsGone();
    place = { name, id };
  }
  for (;;) {
    const found = await db.all(contactsWithOrders[contact][isDown ? "down" : "up"], { ...place, rows: contactsAtOnce });
    for (const { id } of found) yield id;
    const last = found.at(-1);
    if (last === undefined || found.length < contactsAtOnce) return;
    place = { name: last.search_text ?? "", id: last.id };
  }
}

async function* placesAfter(
  db: Database,
  column: keyof typeof nextPlace,
  isDown: boolean,
  after: SortValue,
): AsyncGenerator<string> {
  // An empty text is a place, too, and before all others.
  if (after === null && !isDown) yield "";
  let place = after === null ? (isDown ? behindAll : "") : String(after);
  for (;;) {
    const next = (await db.maybe(nextPlace[column][isDown ? "down" : "up"], { place }))?.place ?? null;
    if (next === null) return;
    yield next;
    place = next;
  }
}
