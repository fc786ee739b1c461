import type { Random } from "../../src/differential/random.ts";
import {
  bigint,
  blob,
  boolean,
  date,
  datetime,
  decimal,
  double,
  folding,
  integer,
  type Model,
  type ModelColumn,
  type ModelTable,
  text,
} from "./model.ts";

const whole = [
  ["TINYINT", -128n, 127n],
  ["SMALLINT", -32768n, 32767n],
  ["INT", -2147483648n, 2147483647n],
  ["INT", -2147483648n, 2147483647n],
  ["TINYINT UNSIGNED", 0n, 255n],
  ["INT UNSIGNED", 0n, 4294967295n],
] as const;

const plain: Omit<ModelColumn, "type" | "scale" | "folds" | "name" | "declared"> = {
  ...{ nullable: false, size: 0, unique: false, refersTo: null, preset: null, members: [], onDelete: "" },
  generated: null,
  range: [-2147483648n, 2147483647n],
};

function intColumn(name: string, more: Partial<ModelColumn> = {}): ModelColumn {
  return { ...plain, ...integer, name, declared: "INT", ...more };
}

function bigintColumn(name: string, more: Partial<ModelColumn> = {}): ModelColumn {
  return { ...plain, ...bigint, name, declared: "BIGINT", ...more };
}

function booleanColumn(name: string, more: Partial<ModelColumn> = {}): ModelColumn {
  return { ...plain, ...boolean, name, declared: "TINYINT(1)", range: [-128n, 127n], ...more };
}

function decimalColumn(name: string, size: number, scale: number, more: Partial<ModelColumn> = {}): ModelColumn {
  return { ...plain, ...decimal(scale), name, declared: "DECIMAL", size, ...more };
}

function textColumn(name: string, size: number, more: Partial<ModelColumn> = {}): ModelColumn {
  return { ...plain, ...text, name, declared: "VARCHAR", size, ...more };
}

/** One that MariaDB sorts as its texts, and one that it sorts otherwise. */
const enums = [
  ["", "Ann", "Bob", "north"],
  ["x", "10", "Ann", "", "2"],
] as const;

function listedColumn(name: string, nullable: boolean, random: Random): ModelColumn {
  if (random.chance(0.7)) return textColumn(name, 0, { nullable, declared: "ENUM", members: random.pick(enums) });
  return textColumn(name, 0, { nullable, declared: "SET", members: random.pick([["x"], ["z", "Ann", "x"]]) });
}

/** Tables `a` and `k`, with other indexes in each schema: every one has them, so that statements written by hand fit any. */
const known: readonly ModelTable[] = [
  {
    name: "a",
    columns: [
      intColumn("n"),
      intColumn("m", { nullable: true }),
      bigintColumn("c"),
      booleanColumn("b"),
      decimalColumn("d", 9, 2),
      decimalColumn("e", 9, 2, { nullable: true }),
      textColumn("t", 40),
      { ...plain, ...datetime, name: "w", declared: "DATETIME" },
      { ...plain, ...date, name: "y", declared: "DATE" },
    ],
    uniqueTogether: null,
    indexes: [],
  },
  {
    name: "k",
    columns: [
      intColumn("a_id", { refersTo: "a", nullable: true }),
      textColumn("t", 40, { nullable: true }),
      decimalColumn("d", 9, 2),
    ],
    uniqueTogether: null,
    indexes: [],
  },
];

/** The tables of every schema and one to three drawn ones. */
export function randomSchema(random: Random): Model {
  const tables = [...known];
  const more = random.between(1, 3);
  for (let number = 1; number <= more; number += 1) tables.push(randomTable(`x${number}`, tables, random));
  // Where one path of references cascades and another only refuses, each engine asks the paths in its own order. So
  // only a table that nobody refers to does anything when its parents go.
  const drawn = tables.map((table, at) => (at === tables.length - 1 ? table : withoutActions(table)));
  return {
    tables: drawn.map((one, at) => (at < known.length ? { ...one, indexes: indexesOf(one.columns, random) } : one)),
  };
}

function withoutActions(table: ModelTable): ModelTable {
  return { ...table, columns: table.columns.map((column) => ({ ...column, onDelete: "" })) };
}

function randomTable(name: string, before: readonly ModelTable[], random: Random): ModelTable {
  const columns: ModelColumn[] = [];
  const count = random.between(3, 9);
  for (let number = 0; number < count; number += 1) {
    // Some names also stand in other tables.
    const drawn = random.chance(0.25)
      ? random.pick(["n", "t", "d", "v1", "v2", "total"])
      : `${name}_${"abcdefghij"[number]}`;
    if (columns.some((column) => column.name === drawn)) continue;
    columns.push(randomColumn(drawn, before, random));
  }
  if (random.chance(0.35)) columns.push(...generatedFrom(columns, `${name}_made`, random));
  const keyable = columns.filter((column) => !column.unique && isKeyable(column));
  const together = keyable.length >= 2 && random.chance(0.3) ? keyable.slice(0, 2).map((column) => column.name) : null;
  return { name, columns, uniqueTogether: together, indexes: indexesOf(columns, random) };
}

/** A column that both engines compute of another one; none where no column is fit for it. */
function generatedFrom(columns: readonly ModelColumn[], name: string, random: Random): ModelColumn[] {
  const from = random.maybe(
    columns.filter(({ type, refersTo }) => (type === "integer" || type === "text") && refersTo === null),
  );
  if (from === undefined) return [];
  const more = { nullable: true };
  return from.type === "text"
    ? [
        intColumn(name, {
          ...more,
          generated: { mariadb: `CHAR_LENGTH(${from.name})`, sqlite: `LENGTH(${from.name})` },
        }),
      ]
    : [booleanColumn(name, { ...more, generated: { mariadb: `${from.name} > 5`, sqlite: `${from.name} > 5` } })];
}

/** Each column may be in one of its own or behind another. */
function indexesOf(columns: readonly ModelColumn[], random: Random): string[][] {
  const indexable = columns.filter(({ type }) => type !== "blob").map(({ name }) => name);
  const alone = indexable.filter(() => random.chance(0.12)).map((name) => [name]);
  const pairs = indexable.flatMap((name, at) => {
    const next = indexable[at + 1];
    return next !== undefined && random.chance(0.08) ? [random.chance(0.5) ? [name, next] : [next, name]] : [];
  });
  return [...alone, ...pairs];
}

function randomColumn(name: string, before: readonly ModelTable[], random: Random): ModelColumn {
  const nullable = random.chance(0.4);
  if (random.chance(0.15)) {
    const onDelete = random.pick(
      nullable ? (["", "", "CASCADE", "SET NULL"] as const) : (["", "", "CASCADE"] as const),
    );
    return intColumn(name, { refersTo: random.pick(before).name, nullable, onDelete });
  }
  const drawn = withType(name, nullable, random);
  const column =
    drawn.members.length === 0 && random.chance(0.2) ? { ...drawn, preset: presetOf(drawn, random) } : drawn;
  return isKeyable(column) && column.type !== "boolean" && random.chance(0.12) ? { ...column, unique: true } : column;
}

function isKeyable({ type, folds, generated }: ModelColumn): boolean {
  return generated === null && type !== "blob" && type !== "double" && !folds;
}

function presetOf({ type, scale, size }: ModelColumn, random: Random): string | null {
  switch (type) {
    case "integer":
    case "bigint":
    case "boolean":
      return random.pick(["0", "1"]);
    case "decimal":
      return scale === 0 ? "1" : `1.${"5".padEnd(scale, "0")}`;
    case "text":
      return random.pick(["''", `'${"new".slice(0, size)}'`]);
    case "datetime":
      return "'2024-01-15 10:00:00'";
    case "date":
      return "'2024-01-15'";
    case "double":
    case "blob":
      return null;
  }
}

function withType(name: string, nullable: boolean, random: Random): ModelColumn {
  const drawn = random.below(20);
  if (drawn < 4) {
    const [declared, least, most] = random.pick(whole);
    return intColumn(name, { nullable, declared, range: [least, most] });
  }
  if (drawn < 6) return bigintColumn(name, { nullable });
  if (drawn < 8) return booleanColumn(name, { nullable });
  if (drawn < 12) {
    const [size, scale] = random.pick([
      [9, 2],
      [19, 4],
      [9, 4],
      [5, 1],
      [12, 0],
      [18, 6],
    ] as const);
    return decimalColumn(name, size, scale, { nullable });
  }
  if (drawn < 15 && random.chance(0.25)) return listedColumn(name, nullable, random);
  if (drawn < 15) return textColumn(name, random.pick([3, 13, 40, 200]), { nullable });
  if (drawn < 16) return textColumn(name, random.pick([13, 40]), { nullable, ...folding });
  if (drawn < 17) return { ...plain, ...datetime, name, declared: "DATETIME", nullable };
  if (drawn < 18) return { ...plain, ...date, name, declared: "DATE", nullable };
  if (drawn < 19) return { ...plain, ...double, name, declared: "DOUBLE", nullable };
  return { ...plain, ...blob, name, declared: "LONGBLOB", nullable };
}
