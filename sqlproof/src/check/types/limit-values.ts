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
      return [Uint8Array.of(97), new Uint8Array(fixed ? (length ?? 1) : 0)];
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
  if (members !== null) return ["", " ", "no member", `${members[0]},no member`, `${members[0]}x`];
  switch (type) {
    case "double":
      return [];
    case "text": {
      const most = length ?? byteLimits[declared];
      if (declared === "longtext") return [];
      if (most === undefined) return null;
      return [...["a", "é", "日"].map((letter) => letter.repeat(most + 1)), "a b".repeat(most + 1)];
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

const noDays = ["2024-02-30", "2024-02-31", "2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01", "2024-01-32"];

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
