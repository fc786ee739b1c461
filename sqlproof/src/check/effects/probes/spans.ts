import type { Column } from "../../types/catalog.ts";
import type { Stored } from "../../types/limit-values.ts";
import type { Probe, Write } from "../probe.ts";
import type { ProbedSqlite } from "../sqlite.ts";
import type { Row } from "../values.ts";
import { numbered, type RowMaker } from "./rows.ts";

/** From and to, beside a span from 5 to 10: before it, up to it, within it, around it, from it and behind it. */
const others = [
  [1, 4],
  [1, 5],
  [4, 6],
  [5, 5],
  [6, 9],
  [5, 10],
  [1, 20],
  [9, 11],
  [10, 10],
  [10, 12],
  [11, 12],
] as const;

/** Rows whose two days, times or numbers touch those of a row that is there: triggers that keep spans apart compare them. */
export function spans(own: RowMaker, sqlite: ProbedSqlite): Probe[] {
  return pairsOf(own.rest).flatMap(([from, to]) => {
    const row = (key: number, begin: number, end: number): Row[] => {
      const made: readonly (readonly [string, Stored])[] = [
        [from.name, numbered(from, begin)],
        [to.name, numbered(to, end)],
      ];
      const [plain] = own.taken({ key, link: 1, amount: "1", more: 0n, phase: 0 }, sqlite);
      return plain === undefined ? [] : [{ ...plain, ...Object.fromEntries(made) }];
    };
    const beside = ` beside rows of ${own.table.name}`;
    const write = (kind: Write["kind"], rest: Pick<Write, "rows" | "where">): Write => ({
      ...rest,
      ...{ kind, about: "row", read: false, beside },
    });
    const first = row(1, 5, 10).map((one) => write("insert", { rows: [one] }));
    if (own.key.length === 0 || first.length === 0) return [];
    const tried = others.flatMap(([begin, end], at) =>
      row(at + 2, begin, end).flatMap((one) => {
        const where = Object.fromEntries(own.key.map((name) => [name, one[name] ?? null]));
        return [write("insert", { rows: [one] }), write("delete", { rows: [], where })];
      }),
    );
    return [{ table: own.table, writes: [...first, ...tried], others: [] }];
  });
}

/** The first two columns of each kind. */
function pairsOf(columns: readonly Column[]): (readonly [Column, Column])[] {
  const kinds: readonly (readonly Column["type"][])[] = [["date"], ["datetime"], ["integer", "bigint", "decimal"]];
  return kinds.flatMap((kind): (readonly [Column, Column])[] => {
    const [from, to] = columns.filter(({ type }) => kind.includes(type));
    return from === undefined || to === undefined ? [] : [[from, to]];
  });
}
