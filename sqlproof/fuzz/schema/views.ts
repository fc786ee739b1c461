/** A view that every schema has, so that a find can be tried elsewhere. */
export interface ModelView {
  readonly name: string;
  /** The same text on both engines. */
  readonly select: string;
  /** Its columns, which are whole numbers. */
  readonly columns: readonly string[];
}

/** Views on `a` and `k`: one with computed columns, one that joins it and a grouped one. */
export const views: readonly ModelView[] = [
  {
    name: "va",
    select:
      "SELECT id, n, m, COALESCE(m, 5) AS m5, 7 AS seven, CASE WHEN n > 3 THEN m ELSE 2 END AS picked, NULLIF(m, 2) AS other FROM a",
    columns: ["id", "n", "m", "m5", "seven", "picked", "other"],
  },
  {
    name: "vj",
    select:
      "SELECT k.id AS id, k.a_id AS a_id, q.id AS found, q.m5 AS m5, q.seven AS seven, q.picked AS picked, q.other AS other FROM k LEFT JOIN va AS q ON q.id = k.a_id",
    columns: ["id", "a_id", "found", "m5", "seven", "picked", "other"],
  },
  {
    name: "vg",
    select: "SELECT n AS id, COUNT(*) AS many, MAX(m) AS most FROM a GROUP BY n",
    columns: ["id", "many", "most"],
  },
];
