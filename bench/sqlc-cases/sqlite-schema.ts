import type { Catalog, Column, Table } from "../../sqlproof/src/check/types/catalog.ts";

/** The tables of a MariaDB catalog as STRICT tables of SQLite that refuse what MariaDB's types refuse. */
export function sqliteTables(catalog: Catalog): readonly string[] {
  return [...catalog.values()].filter(({ view }) => !view).map(tableText);
}

function tableText(table: Table): string {
  const numbered = numberedColumn(table);
  const columns = [...table.columns.values()].map((column) =>
    column === numbered
      ? `${quoted(column.name)} INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT${checks(column)}`
      : columnText(column),
  );
  const isNumbered = (key: readonly string[]): boolean => key.length === 1 && key[0] === numbered?.name;
  const keys = [
    ...(table.primaryKey.length === 0 || isNumbered(table.primaryKey)
      ? []
      : [`${numbered === null ? "PRIMARY KEY" : "UNIQUE"} (${names(table.primaryKey)})`]),
    ...table.uniqueKeys.filter((key) => !isNumbered(key)).map((key) => `UNIQUE (${names(key)})`),
    ...table.foreignKeys.map(
      (key) =>
        `FOREIGN KEY (${names(key.columns)}) REFERENCES ${quoted(key.table)} (${names(key.referenced)})` +
        ` ON DELETE ${key.onDelete} ON UPDATE ${key.onUpdate}`,
    ),
  ];
  return `CREATE TABLE ${quoted(table.name)} (\n  ${[...columns, ...keys].join(",\n  ")}\n) STRICT`;
}

/** SQLite numbers only a single INTEGER PRIMARY KEY. */
function numberedColumn(table: Table): Column | null {
  const column = [...table.columns.values()].find((one) => one.numbered) ?? null;
  const others = table.primaryKey.filter((name) => name !== column?.name);
  return others.length > 0 ? null : column;
}

function columnText(column: Column): string {
  const { name, nullable, hasDefault } = column;
  const preset = !nullable && hasDefault ? ` DEFAULT ${plain(column)}` : "";
  return `${quoted(name)} ${storage(column)}${nullable ? "" : " NOT NULL"}${preset}${checks(column)}`;
}

/** The check of one text does not compare defaults, so any value that the column takes will do. */
function plain(column: Column): string {
  if (column.members !== null) return literal(column.members[0] ?? "");
  if (column.type === "datetime" || column.type === "date") return "CURRENT_TIMESTAMP";
  if (storage(column) === "TEXT") return "''";
  return storage(column) === "BLOB" ? "X''" : "0";
}

function storage({ type, declared }: Column): "INTEGER" | "REAL" | "TEXT" | "BLOB" {
  switch (type) {
    case "integer":
    case "bigint":
    case "boolean":
    case "decimal":
      return "INTEGER";
    case "double":
      return "REAL";
    case "blob":
      return "BLOB";
    case "text":
    case "datetime":
    case "date":
      return "TEXT";
    case null:
      if (/^float/.test(declared)) return "REAL";
      return /^(bit|year)/.test(declared) ? "INTEGER" : "TEXT";
  }
}

const largest = 2n ** 63n - 1n;

function checks(column: Column): string {
  const name = quoted(column.name);
  const { range, length, members, type, declared } = column;
  if (range !== null) {
    const max = range.max > largest ? largest : range.max;
    return range.max - range.min >= 2n * largest ? "" : ` CHECK (${name} BETWEEN ${least(range.min)} AND ${max})`;
  }
  if (members !== null) return ` CHECK (${name} IN (${members.map(literal).join(", ")}))`;
  if (type === "datetime") return ` CHECK (${name} IS datetime(${name}))`;
  if (type === "date") return ` CHECK (${name} IS date(${name}))`;
  if (type === "text" && length !== null) return ` CHECK (LENGTH(${name}) <= ${length})`;
  if (type === "blob" && length !== null) return ` CHECK (LENGTH(${name}) <= ${length})`;
  const bytes = byteLimits[declared];
  return bytes === undefined ? "" : ` CHECK (LENGTH(CAST(${name} AS BLOB)) <= ${bytes})`;
}

const byteLimits: Readonly<Record<string, number | undefined>> = {
  ...{ tinytext: 255, text: 65535, mediumtext: 16777215 },
  ...{ tinyblob: 255, blob: 65535, mediumblob: 16777215 },
};

function least(min: bigint): bigint {
  return min < -largest ? -largest : min;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function names(columns: readonly string[]): string {
  return columns.map(quoted).join(", ");
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
