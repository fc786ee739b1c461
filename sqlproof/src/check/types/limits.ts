// What a column of MariaDB can hold, by its declared type. SQLite's types have no such limits: there a CHECK sets them.

/** The values that a column of MariaDB accepts. */
export interface Limits {
  /**
   * The smallest and the largest value of a whole number, also of a boolean, which stores -128 to 127. For a decimal,
   * in units of its scale: DECIMAL(5,2) has -99999 to 99999. Null for every other type.
   */
  readonly range: { readonly min: bigint; readonly max: bigint } | null;
  /**
   * How many characters a CHAR or VARCHAR holds, how many bytes a BINARY or VARBINARY. Null for every other type, also
   * for the TEXT and BLOB types, whose limits are in bytes.
   */
  readonly length: number | null;
  /**
   * How many bytes a BINARY, VARBINARY, or a TEXT or BLOB of another size than LONG holds. Null for every other type.
   */
  readonly bytes: number | null;
  /** True for CHAR, whose trailing spaces MariaDB drops when it reads, and for BINARY, which it fills with zero bytes. */
  readonly fixed: boolean;
  /**
   * All values of an ENUM, or of a SET of few, in the order by which MariaDB sorts them: that of their declaration. Null
   * for every other type.
   */
  readonly members: readonly string[] | null;
}

export const noLimits: Limits = { range: null, length: null, bytes: null, fixed: false, members: null };

const wholeBits: Readonly<Record<string, bigint>> = {
  tinyint: 8n,
  smallint: 16n,
  mediumint: 24n,
  int: 32n,
  bigint: 64n,
};

/** Of a TEXT or BLOB by what its name begins with; LONG ones hold 2^32 - 1, which is more than SQLite does. */
const byteSizes: Readonly<Record<string, number>> = { tiny: 2 ** 8 - 1, "": 2 ** 16 - 1, medium: 2 ** 24 - 1 };

/** The limits of a type as `information_schema.columns.column_type` writes it, e.g. `int(10) unsigned`. */
export function limitsOf(declared: string): Limits {
  const [, word = "", , size, unsigned] = /^(\w+)(\((\d+)(?:,\d+)?\))?( unsigned)?/.exec(declared) ?? [];
  const bits = wholeBits[word];
  if (bits !== undefined) return { ...noLimits, range: wholeRange(bits, unsigned !== undefined) };
  if (word === "decimal") return { ...noLimits, range: decimalRange(BigInt(size ?? 10), unsigned !== undefined) };
  const length = Number(size);
  if (word === "char") return { ...noLimits, length, fixed: true };
  if (word === "varchar") return { ...noLimits, length };
  if (word === "binary") return { ...noLimits, length, bytes: length, fixed: true };
  if (word === "varbinary") return { ...noLimits, length, bytes: length };
  const [, prefix = ""] = /^(tiny|medium|)(?:text|blob)$/.exec(word) ?? [null, "none"];
  if (prefix in byteSizes) return { ...noLimits, bytes: byteSizes[prefix] ?? null };
  if (word === "enum") return { ...noLimits, members: membersOf(declared) };
  if (word === "set") return { ...noLimits, members: combinationsOf(membersOf(declared)) };
  return noLimits;
}

function wholeRange(bits: bigint, unsigned: boolean): { min: bigint; max: bigint } {
  if (unsigned) return { min: 0n, max: (1n << bits) - 1n };
  return { min: -(1n << (bits - 1n)), max: (1n << (bits - 1n)) - 1n };
}

function decimalRange(digits: bigint, unsigned: boolean): { min: bigint; max: bigint } {
  const max = 10n ** digits - 1n;
  return { min: unsigned ? 0n : -max, max };
}

/** So many make 64 values; a longer union of literals helps nobody. */
const mostCombined = 6;

/** What a SET holds, as MariaDB writes and sorts it: the first member counts 1, the second 2, the third 4. */
function combinationsOf(members: readonly string[]): readonly string[] | null {
  if (members.length > mostCombined) return null;
  return Array.from({ length: 2 ** members.length }, (_, bits) =>
    members.filter((_member, place) => bits & (1 << place)).join(","),
  );
}

/** MariaDB prints the members as literals in single quotes, with every quote and backslash doubled. */
function membersOf(declared: string): string[] {
  const printed = [...declared.matchAll(/'((?:[^']|'')*)'/g)].map((match) => match[1] ?? "");
  return printed.map((member) => member.replaceAll("''", "'").replaceAll("\\\\", "\\"));
}
