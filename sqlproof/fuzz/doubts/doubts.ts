// Statements that were each written for one doubt about an engine, most often about how MariaDB's optimizer rewrites a
// query. They find such differences far sooner than the grammar, which meets their forms rarely.
import type { Random } from "../../src/differential/random.ts";
import { conditions } from "./conditions.ts";
import { groups } from "./groups.ts";
import { joins } from "./joins.ts";
import { mergedQueries } from "./merged-queries.ts";
import { outerJoins } from "./outer-joins.ts";
import { recursions } from "./recursions.ts";
import { semiJoins } from "./semi-joins.ts";
import { sortKeys } from "./sort-keys.ts";
import { subqueryColumns } from "./subquery-columns.ts";
import { unions } from "./unions.ts";
import { widths } from "./widths.ts";
import { windows } from "./windows.ts";

/** A statement on the tables `a` and `k` and the views on them, which every drawn schema has. */
export type Doubt = (random: Random) => string;

/** Every doubt by its name. */
export const doubts: ReadonlyMap<string, Doubt> = new Map([
  ["conditions", conditions],
  ["groups", groups],
  ["joins", joins],
  ["merged queries", mergedQueries],
  ["outer joins", outerJoins],
  ["recursions", recursions],
  ["semi-joins", semiJoins],
  ["sort keys", sortKeys],
  ["subquery columns", subqueryColumns],
  ["unions", unions],
  ["widths", widths],
  ["windows", windows],
]);

/** A statement of any doubt. */
export function doubted(random: Random): string {
  return random.pick([...doubts.values()])(random);
}
