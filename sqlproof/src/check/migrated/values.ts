import type { Column } from "../types/catalog.ts";
import { insideValues, type Stored } from "../types/limit-values.ts";
import { storesInForm } from "../types/parity.ts";

/** A longer text would only cost time. */
const longest = 2000;

/** Whole numbers beside 0, of which a tenth, a half or a percentage is no whole number. */
const wholes = [7n, -8n, 5n, -15n, 12n];

/** Amounts whose last place rounds to even, up or down, and 0.29, a hundred times which is no 29 among fractions. */
function amounts(scale: number): bigint[] {
  const [fives, fours] = ["5".repeat(scale), "4".repeat(scale - 1)];
  const ends = [`12${fives}`, `-12${fives}`, `12${fours}5`, `12${fours}9`].map(BigInt);
  const hundredth = scale < 2 ? [] : [12_55n, -12_55n, 29n, 1_25n].map((units) => units * 10n ** BigInt(scale - 2));
  return [...new Set([...ends, ...hundredth])];
}

const fractions = [12.55, -12.55, 0.29, 1.5, 2.5, 1.005];

const days = ["2024-01-31", "2023-12-31", "2024-03-01", "2023-02-28"];
const times = ["23:59:59", "12:30:00", "00:00:00"];

/** What a column holds in rows that are stored, in the form in which SQLite stores it. */
export interface StoredValues {
  /** The plainest first. */
  readonly usual: readonly Stored[];
  /** The largest, the smallest, the longest: a step may well refuse them. */
  readonly ends: readonly Stored[];
}

/** Null when the two engines store the column in forms of which no value is known to mean the same on both. */
export function valuesToStore(column: Column, sqlite: Column): StoredValues | null {
  const nullable = column.nullable && sqlite.nullable;
  const empty = nullable ? [null] : [];
  const only = (values: readonly Stored[]): StoredValues | null =>
    values.length === 0 && !nullable ? null : { usual: [...values, ...empty], ends: [] };
  if (column.type === null) return only([]);
  if (!storesInForm(column.type, sqlite)) {
    // One engine has the column in the form of a later step: 0 is 0 in every scale.
    const isNumber = column.range !== null || column.type === "double";
    if (isNumber && sqlite.declared === "REAL") return only([0]);
    return only(isNumber && /^(INT|INTEGER)$/.test(sqlite.declared) ? [0n] : []);
  }
  const { usual, ends } = ofType(column);
  return { usual: [...usual.slice(0, 1), ...empty, ...usual.slice(1)], ends };
}

function ofType(column: Column): StoredValues {
  const { type, range, length, fixed, members, collation, json, scale } = column;
  if (json === true) return { usual: ['{"a": 1}', "[]", '{"a": "é", "b": null}'], ends: [] };
  if (type === "boolean") return { usual: [1n, 0n], ends: [] };
  if (members !== null || type === "blob") return { usual: insideValues(column), ends: [] };
  if (range !== null) return numbers(range, scale);
  if (type === "double") return { usual: [1, ...fractions, 0], ends: [] };
  if (type === "date") return { usual: ["2024-02-29", ...days], ends: ["9999-12-31"] };
  if (type === "datetime") {
    const usual = days.map((day, index) => `${day} ${times[index % times.length]}`);
    return { usual: ["2024-02-29 12:30:59", ...usual], ends: ["9999-12-31 23:59:59"] };
  }
  const most = Math.min(length ?? 300, longest);
  const letters = lettersOf(collation);
  if (fixed) return { usual: ["a", "b", letters.slice(0, 1)].map((one) => one.repeat(most)), ends: [] };
  const cut = (text: string): string => [...text].slice(0, most).join("");
  return { usual: ["a", "", "12.7", " 5", "B b ", letters].map(cut), ends: [cut(letters.repeat(most))] };
}

function numbers({ min, max }: { readonly min: bigint; readonly max: bigint }, scale: number): StoredValues {
  const usual = [1n, ...(scale === 0 ? wholes : amounts(scale)), 0n].filter((number) => number >= min && number <= max);
  return { usual, ends: [max > largest ? largest : max, min < smallest ? smallest : min] };
}

const largest = 2n ** 63n - 1n;
const smallest = -(2n ** 63n);

/** What the column's character set can hold: that of an older table may know no letter beyond ASCII or no emoji. */
function lettersOf(collation: string | null): string {
  if (collation === null || collation.startsWith("utf8mb4")) return "éÉ日a";
  return collation.startsWith("utf8") ? "éÉa" : "a";
}

/** A value that no other row has, for a key; null when the column has too few. */
export function distinctValue(column: Column, world: number): Stored {
  const { type, range, length, fixed, members } = column;
  if (members !== null) return members[world] ?? null;
  if (range !== null) {
    // The first numbers are often those of rows that the migrations store.
    const number = BigInt(firstKey + world);
    return number <= range.max ? number : BigInt(world);
  }
  if (type === "double") return firstKey + world;
  if (type === "date" || type === "datetime") {
    const day = `2024-01-${String(world + 1).padStart(2, "0")}`;
    return type === "date" ? day : `${day} 12:00:00`;
  }
  const text = `k${world}`.slice(0, length ?? undefined);
  if (type === "text") return fixed ? text.padEnd(length ?? 1, "x") : text;
  return Buffer.from(fixed ? text.padEnd(length ?? 1, "x") : text);
}

const firstKey = 101;
