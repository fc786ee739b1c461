import type { Store } from "../database/store.ts";
import { resourceTables } from "../model/company.ts";
import { HttpConnection } from "../network/http-connection.ts";

const timeoutMs = 10_000;

/** Sends the texts everywhere but in a body: the API must never fail and never change a row. */
export async function checkOutsideBody(url: string, store: Store, all: readonly string[]): Promise<readonly string[]> {
  const connection = new HttpConnection(url);
  const before = await everything(store);
  const faults: string[] = [];
  for (const text of all)
    for (const { what, path, headers, expected } of requestsWith(text)) {
      const { status } = await connection.request({ method: "GET", path, headers, body: null }, timeoutMs);
      if (!expected.includes(status)) faults.push(`${what} ${JSON.stringify(text)} is answered ${status}`);
    }
  connection.close();
  const after = await everything(store);
  return after === before ? faults : [...faults, "reading with odd texts has changed rows"];
}

interface Odd {
  readonly what: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expected: readonly number[];
}

const parameters = ["status_id", "customer_id", "order_date_from", "sort", "limit", "include", "cursor"];
/** Headers that the API ignores or refuses, depending on their meaning. */
const headerNames: readonly (readonly [name: string, expected: readonly number[]])[] = [
  ["X-Request-Id", [200]],
  ["User-Agent", [200]],
  ["Cookie", [200]],
  ["X-Forwarded-For", [200]],
  ["Origin", [200]],
  ["Accept-Language", [200]],
  ["Authorization", [200]],
  ["If-None-Match", [200]],
  ["Range", [200]],
  ["Accept", [200, 406]],
];

function requestsWith(text: string): readonly Odd[] {
  const headers = {};
  // A lone surrogate cannot be in a URL; the three bytes that would encode it are no UTF-8.
  const encoded = text.isWellFormed() ? encodeURIComponent(text) : "%ED%A0%80";
  if (encoded.length > 3000) return [];
  const inQuery = parameters.flatMap((name): Odd[] => {
    const isPlain = /^(0|[1-9][0-9]{0,8})$/.test(text) || (name === "sort" && text === "id");
    // A filter by a customer who does not exist is 404.
    const expected = isPlain ? [200, 400, ...(name === "customer_id" ? [404] : [])] : [400];
    return [{ what: `?${name}=`, path: `/api/orders?${name}=${encoded}`, headers, expected }];
  });
  const isId = /^(0|[1-9][0-9]*)$/.test(text);
  const inPath: Odd[] = [
    { what: "?name", path: `/api/orders?x${encoded}=1`, headers, expected: [400] },
    { what: "/api/", path: `/api/x${encoded}`, headers, expected: [404] },
  ];
  // Empty text, one dot and two dots are no id but another path: of the list, or of the level above.
  if (!/^(\.|\.\.|)$/.test(text)) {
    const expected = isId ? [404] : [400, 404];
    inPath.push({ what: "/api/orders/", path: `/api/orders/${encoded}`, headers, expected });
  }
  const inHeaders = headerNames.flatMap(([name, expected]): Odd[] =>
    /^[\x20-\x7e]{0,500}$/.test(text)
      ? [{ what: name, path: "/api/orders?limit=1", headers: { [name]: text }, expected }]
      : [],
  );
  return [...inQuery, ...inPath, ...inHeaders];
}

/** Every row of every resource, as text. */
async function everything(store: Store): Promise<string> {
  const rows = [];
  for (const table of [...resourceTables, "order_details"])
    rows.push(await store.rows(`SELECT * FROM ${table} ORDER BY id`));
  return JSON.stringify(rows, (_name, value: unknown) => (typeof value === "bigint" ? `${value}` : value));
}
