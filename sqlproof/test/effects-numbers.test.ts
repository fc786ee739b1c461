// Triggers that insert rows which the engines number. A rolled-back row uses its number up on MariaDB and not on SQLite.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { differences, id, rowid } from "./two-schemas.ts";

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(() => server.stop());

/** A trigger on `t` that inserts into `log`, whose rows the engines number, written for both. */
function logging(name: string, event: string, insert: string): { readonly mariadb: string; readonly sqlite: string } {
  return {
    mariadb: `CREATE TRIGGER ${name} ${event} ON t FOR EACH ROW ${insert};`,
    sqlite: `CREATE TRIGGER ${name} ${event} ON t BEGIN ${insert}; END;`,
  };
}

const events = ["BEFORE", "AFTER"].flatMap((time) => ["INSERT", "UPDATE", "DELETE"].map((event) => `${time} ${event}`));

describe("triggers that insert into a table whose rows the engines number", () => {
  const tables = (type: string) => ({
    mariadb: `CREATE TABLE t (${id}, a INT NOT NULL); CREATE TABLE log (${id.replace("INT", type)}, a INT NOT NULL);`,
    sqlite: `CREATE TABLE t (${rowid}, a INTEGER NOT NULL) STRICT; CREATE TABLE log (${rowid}, a INTEGER NOT NULL) STRICT;`,
  });
  for (const type of ["INT", "BIGINT", "SMALLINT", "TINYINT", "INT UNSIGNED"])
    test(`${events.join(", ")}, by ${type}`, async () => {
      const made = tables(type);
      const triggers = events.map((event) =>
        logging(
          event.replace(" ", "_"),
          event,
          `INSERT INTO log (a) VALUES (${event.endsWith("INSERT") ? "NEW" : "OLD"}.a)`,
        ),
      );
      const all = (engine: "mariadb" | "sqlite") => [made, ...triggers].map((part) => part[engine]).join(" ");
      expect(await differences(server, all("mariadb"), all("sqlite"))).toEqual([]);
      // Another value, on one engine alone, is still found.
      for (const event of events) {
        const [here, there] = ["a", "a + 1"].map((value) =>
          logging("tr", event, `INSERT INTO log (a) VALUES (${event.endsWith("INSERT") ? "NEW" : "OLD"}.${value})`),
        );
        const said = await differences(server, made.mariadb + here?.mariadb, made.sqlite + there?.sqlite);
        expect(said.join("\n"), event).toMatch(/^table t: after [^\n]* its triggers leave the row \["a new number",/);
      }
    });

  const chain = {
    mariadb: `CREATE TABLE t (${id}, a INT NOT NULL); CREATE TABLE log (${id}, t_id INT NOT NULL);
      CREATE TABLE seen (${id}, log_id BIGINT NOT NULL, t_id INT NOT NULL);
      CREATE TRIGGER t_log AFTER INSERT ON t FOR EACH ROW INSERT INTO log (t_id) VALUES (NEW.id);
      CREATE TRIGGER log_seen AFTER INSERT ON log FOR EACH ROW INSERT INTO seen (log_id, t_id) VALUES (NEW.id, NEW.t_id);`,
    sqlite: `CREATE TABLE t (${rowid}, a INTEGER NOT NULL) STRICT; CREATE TABLE log (${rowid}, t_id INTEGER NOT NULL) STRICT;
      CREATE TABLE seen (${rowid}, log_id INTEGER NOT NULL, t_id INTEGER NOT NULL) STRICT;
      CREATE TRIGGER t_log AFTER INSERT ON t BEGIN INSERT INTO log (t_id) VALUES (NEW.id); END;
      CREATE TRIGGER log_seen AFTER INSERT ON log BEGIN INSERT INTO seen (log_id, t_id) VALUES (NEW.id, NEW.t_id); END;`,
  };

  test("one after another", async () => {
    expect(await differences(server, chain.mariadb, chain.sqlite)).toEqual([]);
    const other = chain.sqlite.replace("VALUES (NEW.id, NEW.t_id)", "VALUES (NEW.t_id, NEW.id)");
    const said = await differences(server, chain.mariadb, other);
    expect(said.length, said.join("\n")).toBe(2);
    for (const message of said)
      expect(message).toMatch(/^table (t|log): after .* its triggers leave the row .* more in seen/);
  });

  test("one that names the row that another has just numbered", async () => {
    const again = (last: string) =>
      `INSERT INTO log (t_id) VALUES (NEW.id); INSERT INTO seen (log_id, t_id) VALUES (${last}, 0);`;
    const [tables] = [chain.mariadb, chain.sqlite].map((sql) => sql.slice(0, sql.indexOf("CREATE TRIGGER")));
    const mariadb = `${tables} CREATE TRIGGER t_log AFTER INSERT ON t FOR EACH ROW BEGIN ${again("LAST_INSERT_ID()")} END;`;
    const sqlite = chain.sqlite.slice(0, chain.sqlite.indexOf("CREATE TRIGGER"));
    const trigger = (last: string) => `${sqlite} CREATE TRIGGER t_log AFTER INSERT ON t BEGIN ${again(last)} END;`;
    expect(await differences(server, mariadb, trigger("last_insert_rowid()"))).toEqual([]);
    expect((await differences(server, mariadb, trigger("NEW.id"))).join("\n")).toMatch(/leave the row .* more in seen/);
  });

  test("the number of a row that is not stored yet", async () => {
    const made = tables("INT");
    const before = logging("tr", "BEFORE INSERT", "INSERT INTO log (a) VALUES (NEW.id)");
    const said = await differences(server, made.mariadb + before.mariadb, made.sqlite + before.sqlite);
    expect(said.join("\n")).toMatch(
      /^table t: after INSERT, .* \["a new number","0"\] .* \["a new number","-1"\] more on SQLite$/,
    );
  });
});
