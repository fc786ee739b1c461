// The floor of a start: what Bun itself needs to log in to MariaDB and to answer one order from it.
// No server in this runtime that reads from MariaDB can start faster.
import { SQL } from "bun";

const { hostname, port, username, password, pathname } = new URL(process.env.DATABASE_URL ?? "");
const database = new SQL({
  ...{ adapter: "mariadb", hostname, port: Number(port), username, database: pathname.slice(1), max: 1, tls: false },
  password: decodeURIComponent(password),
});

Bun.serve({
  port: Number(process.env.PORT ?? "8000"),
  hostname: process.env.HOST ?? "127.0.0.1",
  fetch: async () => new Response(JSON.stringify(await database.unsafe("SELECT * FROM orders WHERE id = ?", [42]))),
});
