import { SQL } from "bun";
import { createPool } from "mariadb";
import { connectionConfig } from "../../sqlproof/src/runtime/mariadb/npm.ts";
import { type Contestant, feeOf, idOf, newOrder } from "./contestant.ts";
import { type Bench, bareText, orderColumns } from "./databases.ts";

const [point, hundred, insert, fee, setFee] = (["point", "hundred", "insert", "fee", "setFee"] as const).map((name) =>
  bareText(name, "mariadb"),
);
const columns = ["id", ...orderColumns];

/** npm mariadb with its own pool, on the session and with the settings that sqlproof uses. */
export function bareNpm(server: Bench["server"], connectionLimit: number): Contestant {
  const pool = createPool({ ...connectionConfig(server), connectionLimit, noControlAfterUse: true });
  const rowsOf = async (text = "", values: unknown[] = []): Promise<unknown[][]> => pool.execute(text, values);
  return {
    name: "npm mariadb",
    against: null,
    work: {
      "point read": async (index) => decoded((await rowsOf(point, [idOf(index)]))[0] ?? []),
      "100 rows": async (index) => allDecoded(await rowsOf(hundred, [idOf(index), idOf(index) + 99])),
      insert: () => pool.execute(insert ?? "", insertValues()),
      transaction: async (index) => {
        const connection = await pool.getConnection();
        await connection.query("BEGIN");
        const rows: unknown[][] = await connection.execute(fee ?? "", [idOf(index)]);
        await connection.execute(setFee ?? "", [feeOf(index), rows[0]?.[0]]);
        await connection.query("COMMIT");
        await connection.release();
      },
    },
    close: () => pool.end(),
  };
}

/** Bun's client with its own pool. It has no session settings, but the queries do not depend on them. */
export function bareBun({ host, port, user, password, database }: Bench["server"], max: number): Contestant {
  const pool = new SQL({
    adapter: "mariadb",
    hostname: host,
    port,
    username: user,
    password,
    database,
    max,
    foundRows: true,
  });
  return {
    name: "Bun's client",
    against: null,
    work: {
      "point read": async (index) =>
        decoded((await pool.unsafe<unknown[][]>(point ?? "", [idOf(index)]).values())[0] ?? []),
      "100 rows": async (index) =>
        allDecoded(await pool.unsafe<unknown[][]>(hundred ?? "", [idOf(index), idOf(index) + 99]).values()),
      insert: async () => (await pool.unsafe(insert ?? "", insertValues())).affectedRows,
      transaction: (index) =>
        pool.begin(async (tx) => {
          const rows = await tx.unsafe<unknown[][]>(fee ?? "", [idOf(index)]).values();
          return (await tx.unsafe(setFee ?? "", [feeOf(index), rows[0]?.[0]])).affectedRows;
        }),
    },
    close: () => pool.close(),
  };
}

/** The row as an object, written by hand; only the three dates need a conversion. */
const decoded = new Function(
  "iso",
  `return (v) => ({ ${columns.map((name, index) => `${name}: ${name.endsWith("_date") ? `iso(v[${index}])` : `v[${index}]`}`).join(", ")} });`,
)(isoText);

function allDecoded(rows: unknown[][]): unknown[] {
  const orders = new Array<unknown>(rows.length);
  for (let index = 0; index < rows.length; index += 1) orders[index] = decoded(rows[index]);
  return orders;
}

function isoText(value: unknown): string | null {
  if (value === null) return null;
  if (value instanceof Date) return value.toISOString().slice(0, 19);
  return `${String(value).slice(0, 10)}T${String(value).slice(11)}`;
}

function insertValues(): unknown[] {
  return orderColumns
    .map((name) => newOrder[name])
    .map((value) => {
      return typeof value === "string" && value[10] === "T" ? value.replace("T", " ") : value;
    });
}
