// Statements that were each written for one doubt about an engine, most often about how MariaDB's optimizer rewrites a
// query. They find such differences far sooner than the grammar, which meets their forms rarely.
import type { Random } from "../src/differential/random.ts";
import { columnsAround } from "./doubts/columns-around.ts";
import { conditions } from "./doubts/conditions.ts";
import { extremes } from "./doubts/extremes.ts";
import { groups } from "./doubts/groups.ts";
import { emptiedJoins } from "./doubts/joins/emptied-joins.ts";
import { joins } from "./doubts/joins/joins.ts";
import { mergedQueries } from "./doubts/joins/merged-queries.ts";
import { outerJoins } from "./doubts/joins/outer-joins.ts";
import { semiJoins } from "./doubts/joins/semi-joins.ts";
import { singleRows } from "./doubts/joins/single-rows.ts";
import { lateReads } from "./doubts/late-reads.ts";
import { memberships } from "./doubts/memberships.ts";
import { names } from "./doubts/names.ts";
import { nested } from "./doubts/nested.ts";
import { recursions } from "./doubts/recursions.ts";
import { sortKeys } from "./doubts/sort-keys.ts";
import { subqueryColumns } from "./doubts/subquery-columns.ts";
import { unions } from "./doubts/unions.ts";
import { widths } from "./doubts/widths.ts";
import { windows } from "./doubts/windows.ts";
import { writes } from "./doubts/writes.ts";

/** A statement on the tables `a` and `k` and the views on them, which every drawn schema has. */
export type Doubt = (random: Random) => string;

const simple: ReadonlyMap<string, Doubt> = new Map([
  ["columns around", columnsAround],
  ["conditions", conditions],
  ["emptied joins", emptiedJoins],
  ["extremes", extremes],
  ["groups", groups],
  ["joins", joins],
  ["late reads", lateReads],
  ["memberships", memberships],
  ["merged queries", mergedQueries],
  ["names", names],
  ["outer joins", outerJoins],
  ["recursions", recursions],
  ["semi-joins", semiJoins],
  ["single rows", singleRows],
  ["sort keys", sortKeys],
  ["subquery columns", subqueryColumns],
  ["unions", unions],
  ["widths", widths],
  ["windows", windows],
  ["writes", writes],
]);

/** Every doubt by its name. */
export const doubts: ReadonlyMap<string, Doubt> = new Map([
  ...simple,
  ["nested", (random) => nested(random, selected(random))],
]);

/** A SELECT of another doubt; only WITH RECURSIVE, INSERT, UPDATE and DELETE begin otherwise. */
function selected(random: Random): string {
  const made = Array.from({ length: 8 }, () => random.pick([...simple.values()])(random));
  return made.find((text) => text.startsWith("SELECT")) ?? "SELECT id, n AS v FROM a";
}

/** A statement of any doubt. */
export function doubted(random: Random): string {
  return random.pick([...doubts.values()])(random);
}
