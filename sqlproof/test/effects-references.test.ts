// Triggers beside foreign keys: where one engine alone lets them run, or looks at the key before them.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { differences, id, openBoth, rowid } from "./two-schemas.ts";

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(() => server.stop());

interface Body {
  readonly mariadb: string;
  readonly sqlite: string;
}

/** A parent, its children with a foreign key and its clause, a log, and a trigger. */
async function found(clause: string, { mariadb, sqlite }: Body): Promise<string[]> {
  const key = `FOREIGN KEY (p_id) REFERENCES p (id) ${clause}`;
  return differences(
    server,
    `CREATE TABLE p (id INT NOT NULL PRIMARY KEY, n INT NOT NULL);
     CREATE TABLE ch (${id}, p_id INT NULL, n INT NOT NULL, KEY ch_p (p_id), ${key});
     CREATE TABLE lg (${id}, n INT NULL);
     ${mariadb};`,
    `CREATE TABLE p (id INT NOT NULL PRIMARY KEY, n INTEGER NOT NULL) STRICT;
     CREATE TABLE ch (${rowid}, p_id INTEGER NULL, n INTEGER NOT NULL, ${key}) STRICT;
     CREATE TABLE lg (${rowid}, n INTEGER NULL) STRICT;
     ${sqlite};`,
  );
}

/** The same statements on both engines. */
function trigger(event: string, table: string, body: string, of = ""): Body {
  const [mariadb, sqlite] = [event, `${event}${of}`].map(
    (when) => `CREATE TRIGGER t ${when} ON ${table} FOR EACH ROW BEGIN ${body}; END`,
  );
  return { mariadb: mariadb ?? "", sqlite: sqlite ?? "" };
}

const logs = "INSERT INTO lg (n) VALUES (OLD.n)";

describe("a trigger on rows that a foreign key changes runs on SQLite only", () => {
  const said = (clause: string): string =>
    `trigger t of ch: ${clause} of foreign key (p_id -> p id) lets it run on SQLite and not on MariaDB; remove that clause, and write these rows in a statement of their own`;
  test.each([
    ["ON DELETE CASCADE", trigger("AFTER DELETE", "ch", logs)],
    ["ON DELETE SET NULL", trigger("AFTER UPDATE", "ch", logs)],
    ["ON UPDATE CASCADE", trigger("AFTER UPDATE", "ch", logs)],
    ["ON UPDATE SET NULL", trigger("BEFORE UPDATE", "ch", logs)],
  ])("%s", async (clause, body) => {
    expect(await found(clause, body)).toEqual([said(clause)]);
  });

  test.each([
    ["ON DELETE CASCADE", trigger("AFTER UPDATE", "ch", logs)],
    ["ON DELETE SET NULL", trigger("AFTER DELETE", "ch", logs)],
    ["ON DELETE RESTRICT", trigger("AFTER DELETE", "ch", logs)],
    ["ON DELETE CASCADE", trigger("AFTER DELETE", "p", logs)],
  ])("not with %s and %p", async (clause, body) => {
    expect(await found(clause, body)).toEqual([]);
  });

  test("not where its columns are others", async () => {
    const body = "INSERT INTO lg (n) VALUES (NEW.n)";
    const mariadb = `CREATE TRIGGER t AFTER UPDATE ON ch FOR EACH ROW BEGIN IF NEW.n <> OLD.n THEN ${body}; END IF; END`;
    const sqlite = `CREATE TRIGGER t AFTER UPDATE OF n ON ch WHEN NEW.n <> OLD.n BEGIN ${body}; END`;
    expect(await found("ON DELETE SET NULL", { mariadb, sqlite })).toEqual([]);
  });
});

describe("a trigger that makes a reference right comes too late on MariaDB with AFTER", () => {
  const said = (table: string, event: string): string =>
    `trigger t of ${table}: MariaDB looks at foreign key (p_id -> p id) of ch before it runs, SQLite behind it; write BEFORE ${event}`;
  const makesParent: Body = {
    mariadb:
      "CREATE TRIGGER t AFTER INSERT ON ch FOR EACH ROW INSERT IGNORE INTO p (id, n) VALUES (COALESCE(NEW.p_id, 0), 1)",
    sqlite:
      "CREATE TRIGGER t AFTER INSERT ON ch BEGIN INSERT OR IGNORE INTO p (id, n) VALUES (COALESCE(NEW.p_id, 0), 1); END",
  };
  test.each([
    ["p", "DELETE", trigger("AFTER DELETE", "p", "DELETE FROM ch WHERE p_id = OLD.id")],
    ["p", "DELETE", trigger("AFTER DELETE", "p", "UPDATE ch SET p_id = NULL WHERE p_id = OLD.id")],
    ["p", "UPDATE", trigger("AFTER UPDATE", "p", "UPDATE ch SET p_id = NEW.id WHERE p_id = OLD.id")],
    ["ch", "INSERT", makesParent],
  ] as const)("on %s, %s: %p", async (table, event, body) => {
    expect(await found("", body)).toEqual([said(table, event)]);
  });

  const before = ({ mariadb, sqlite }: Body): Body => ({ mariadb: mariadb.replace("AFTER", "BEFORE"), sqlite });
  test.each([
    ["BEFORE", before(trigger("AFTER DELETE", "p", "DELETE FROM ch WHERE p_id = OLD.id"))],
    ["BEFORE", before(makesParent)],
    ["a count", trigger("AFTER INSERT", "ch", "UPDATE p SET n = n + 1 WHERE id = NEW.p_id AND n < 9")],
    ["a copy", trigger("AFTER UPDATE", "p", "UPDATE ch SET n = NEW.n WHERE p_id = NEW.id")],
    ["a log", trigger("AFTER DELETE", "p", logs)],
  ])("not %s: %p", async (_, body) => {
    expect(await found("", body)).toEqual([]);
  });
});

describe("a key whose change reaches a row by two foreign keys", () => {
  /** Tenants, their orders, and items of an order, which may refer to the tenant, too. */
  const schema = (keys: string): string =>
    `CREATE TABLE tenants (id INT NOT NULL PRIMARY KEY);
     CREATE TABLE orders (tenant INT NOT NULL, id INT NOT NULL, PRIMARY KEY (tenant, id),
       FOREIGN KEY (tenant) REFERENCES tenants (id) ON UPDATE CASCADE);
     CREATE TABLE items (id INT NOT NULL PRIMARY KEY, tenant INT NOT NULL, n INT NOT NULL, ${keys});`;
  const said = async (keys: string, text: string): Promise<string[]> => {
    const declared = schema(keys);
    const both = await openBoth(server, declared, declared.replaceAll("INT NOT NULL,", "INTEGER NOT NULL,"));
    const found = await both.said(text);
    await both.close();
    return found;
  };
  const ofOrder = "FOREIGN KEY (tenant, n) REFERENCES orders (tenant, id)";
  const ofTenant = "FOREIGN KEY (tenant) REFERENCES tenants (id)";
  const message = (first: string, second: string): string =>
    `a change of tenants.id reaches rows of items by foreign keys ${first} and ${second}: MariaDB looks up one of them before its parent has changed and refuses, SQLite looks at the end; insert a row with the new id, let the others refer to it, and delete the old one`;
  const [byOrder, byTenant] = ["(tenant, n -> orders tenant, id)", "(tenant -> tenants id)"];
  const renumber = "UPDATE tenants SET id = :to WHERE id = :id";

  test.each([
    [`${ofOrder} ON UPDATE CASCADE, ${ofTenant} ON UPDATE CASCADE`, renumber, message(byOrder, byTenant)],
    [`${ofOrder} ON UPDATE CASCADE, ${ofTenant}`, renumber, message(byOrder, byTenant)],
    [`${ofOrder}, ${ofTenant} ON UPDATE CASCADE`, renumber, message(byTenant, byOrder)],
    [
      `${ofOrder}, ${ofTenant} ON UPDATE CASCADE`,
      "INSERT INTO tenants (id) VALUES (:id) ON CONFLICT (id) DO UPDATE SET id = 7",
      message(byTenant, byOrder),
    ],
  ])("%s: %s", async (keys, text, expected) => {
    expect(await said(keys, text)).toEqual([expected]);
  });

  test.each([
    [`${ofOrder} ON UPDATE CASCADE`, renumber],
    [`${ofTenant} ON UPDATE CASCADE, FOREIGN KEY (n) REFERENCES tenants (id) ON UPDATE CASCADE`, renumber],
    [`${ofOrder} ON UPDATE CASCADE, ${ofTenant} ON UPDATE CASCADE`, "UPDATE orders SET id = :to WHERE id = :id"],
    [`${ofOrder}, ${ofTenant}`, renumber],
  ])("not with %s: %s", async (keys, text) => {
    expect(await said(keys, text)).toEqual([]);
  });
});

describe("a trigger that comes back to the table of the statement", () => {
  const both = (
    ...triggers: readonly (readonly [name: string, event: string, table: string, body: string])[]
  ): Body => {
    const [mariadb, sqlite] = ["FOR EACH ROW ", ""].map((each) =>
      triggers
        .map(([name, event, table, body]) => `CREATE TRIGGER ${name} ${event} ON ${table} ${each}BEGIN ${body}; END`)
        .join("; "),
    );
    return { mariadb: mariadb ?? "", sqlite: sqlite ?? "" };
  };
  const counts = ["g", "AFTER INSERT", "ch", "UPDATE p SET n = n + 1 WHERE id = NEW.p_id AND n < 9"] as const;

  test("through a trigger of another table", async () => {
    const body = both(counts, ["h", "AFTER UPDATE", "p", "UPDATE ch SET n = NEW.n WHERE p_id = NEW.id"]);
    expect((await found("", body))[0]).toBe(
      "trigger g of ch: it leads to UPDATE of p, then UPDATE of ch, and MariaDB refuses that while a statement changes ch; write that in a statement of its own",
    );
  });

  test("not where that one runs for another event", async () => {
    const body = both(counts, ["h", "AFTER INSERT", "p", "UPDATE ch SET n = NEW.n WHERE p_id = NEW.id"]);
    expect(await found("", body)).toEqual([]);
  });
});
