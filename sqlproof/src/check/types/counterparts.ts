/** MariaDB's types that SQLite has nothing for, and what to declare instead on both. */
const replacements: readonly (readonly [declared: RegExp, replacement: string])[] = [
  [/^float/, "declare DOUBLE, which is REAL on SQLite"],
  [/^bigint.* unsigned/, "declare BIGINT"],
  [/^(datetime|timestamp)\(/, "declare DATETIME without places"],
  [/^time/, "declare INT and store seconds"],
  [/^year/, "declare SMALLINT"],
  [/^bit\(1\)/, "declare TINYINT(1)"],
  [/^bit/, "declare INT, or BIGINT beyond 31 bits"],
  [/^uuid/, "declare VARCHAR(36)"],
  [/^inet/, "declare VARCHAR(45)"],
  [/^set/, "store its members as rows of a table"],
  [/^(point|linestring|polygon|multi|geometry)/, "store the numbers in columns of their own"],
];

/** What to declare instead of a type of MariaDB that has no exact counterpart. */
export function replacementOf(declared: string): string {
  return replacements.find(([pattern]) => pattern.test(declared))?.[1] ?? "declare another type";
}
