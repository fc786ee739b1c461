import type { Column } from "./catalog.ts";

/** A value as SQLite stores it: decimals as units of their scale, dates as text. */
export type Stored = string | number | bigint | Uint8Array | null;

/** Values that MariaDB's column stores, the plainest first. */
export function insideValues({ type, range, length, fixed, members }: Column): readonly Stored[] {
  switch (type) {
    case "integer":
    case "bigint":
    case "boolean":
    case "decimal":
      return [1n, 0n, ...(range === null ? [] : [inSqlite(range.max), inSqlite(range.min)])];
    case "double":
      return [1, 0];
    case "text":
      if (members !== null) return members;
      return fixed ? ["a".repeat(length ?? 1)] : ["a", "", ...(length === null ? [] : ["a".repeat(length)])];
    case "blob":
      return fixed
        ? [new Uint8Array(length ?? 1).fill(97), new Uint8Array(length ?? 1)]
        : [Uint8Array.of(97), new Uint8Array(0)];
    case "datetime":
      return ["2024-02-29 12:30:59", "1999-12-31 23:59:59"];
    case "date":
      return ["2024-02-29", "1999-12-31"];
    case null:
      return [];
  }
}

/** Values that MariaDB's column refuses and that SQLite's would store without a CHECK. Null when that is not known. */
export function outsideValues(column: Column): readonly Stored[] | null {
  const { type, declared, range, length, members } = column;
  if (range !== null) return numbersBeyond(range);
  if (members !== null)
    return ["", " ", "no member", `${members[0]},no member`, `${members[0]}x`].filter((one) => !members.includes(one));
  switch (type) {
    case "double":
      return [];
    case "text": {
      if (declared === "longtext") return [];
      const most = length ?? byteLimits[declared];
      if (most === undefined) return null;
      // Where the limit is in bytes, fewer letters of several bytes are too long.
      const bytes = (letter: string): number => (length === null ? Buffer.byteLength(letter) : 1);
      const letters = ["a", "é", "日"].map((letter) => letter.repeat(Math.floor(most / bytes(letter)) + 1));
      return [...letters, "a b".repeat(most + 1)];
    }
    case "blob": {
      const most = length ?? byteLimits[declared];
      if (declared === "longblob") return [];
      return most === undefined ? null : [new Uint8Array(most + 1).fill(97), new Uint8Array(2 * most + 1).fill(97)];
    }
    case "datetime":
      return [
        ...noDays.map((day) => `${day} 12:30:59`),
        "2024-02-29 24:00:00",
        "2024-02-29 12:60:00",
        "x",
        "",
        "99999",
      ];
    case "date":
      return [...noDays, "x", "", "99999"];
    default:
      return null;
  }
}

/** One side on which SQLite can store more than MariaDB's type. */
export interface Side {
  /** Values just beyond the type. */
  readonly near: readonly Stored[];
  /** A value far beyond: a column that takes it has no bound there. Of dates that do not exist, none is farther. */
  readonly far: Stored;
  /** Values of the type around it. A CHECK that refuses one of them compares, and sets no bound of the type. */
  readonly beside: readonly Stored[];
}

export function sidesOf({ type, range, length, members }: Column): readonly Side[] {
  if (range !== null) {
    const above = range.max < largest ? [{ near: [range.max + 1n], far: largest, beside: [] }] : [];
    const below = range.min > smallest ? [{ near: [range.min - 1n], far: smallest, beside: [] }] : [];
    return [...above, ...below];
  }
  if (type === "text" && length !== null && members === null)
    return [{ near: ["a".repeat(length + 1)], far: "a".repeat(10 * length + 1000), beside: [] }];
  if (type === "blob" && length !== null)
    return [
      { near: [new Uint8Array(length + 1).fill(97)], far: new Uint8Array(10 * length + 1000).fill(97), beside: [] },
    ];
  if (type !== "date" && type !== "datetime") return [];
  const ofType = (day: string): string => (type === "date" ? day : `${day} 12:30:59`);
  return Object.entries(daysBeside).map(([day, beside]) => ({
    near: noDays.map(ofType),
    far: ofType(day),
    beside: beside.map(ofType),
  }));
}

/** Days that do not exist, each with the days around it and the one for which SQLite's functions take it. */
const daysBeside: Readonly<Record<string, readonly string[]>> = {
  "2024-02-30": ["2024-02-29", "2024-03-01"],
  "2024-02-31": ["2024-02-29", "2024-03-01", "2024-03-02"],
  "2023-02-29": ["2023-02-28", "2023-03-01"],
  "1900-02-29": ["1900-02-28", "1900-03-01"],
  "2024-04-31": ["2024-04-30", "2024-05-01"],
  "2024-13-01": ["2024-12-31", "2025-01-01"],
  "2024-01-32": ["2024-01-31", "2024-02-01"],
};

const noDays = Object.keys(daysBeside);

/** In bytes. A LONGTEXT or LONGBLOB holds whatever SQLite does; a MEDIUM one is too large to try. */
const byteLimits: Readonly<Record<string, number | undefined>> = {
  tinytext: 255,
  text: 65535,
  tinyblob: 255,
  blob: 65535,
};

function numbersBeyond({ min, max }: { readonly min: bigint; readonly max: bigint }): bigint[] {
  const above = [max + 1n, max + 2n, 2n * max, 2n * max + 1n, 10n * max, largest];
  const below = [min - 1n, min - 2n, 2n * min, 10n * min, -largest, smallest];
  return [
    ...above.filter((number) => number > max && number <= largest),
    ...below.filter((number) => number < min && number >= smallest),
  ];
}

const largest = 2n ** 63n - 1n;
const smallest = -(2n ** 63n);

function inSqlite(number: bigint): bigint {
  if (number > largest) return largest;
  return number < smallest ? smallest : number;
}
