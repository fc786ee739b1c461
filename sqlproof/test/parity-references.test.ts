// References and partitions that the catalogs of both engines show alike, and that take other rows on each.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import { SqliteProver } from "../src/check/provers/sqlite.ts";
import { catalogDifferences } from "../src/check/types/parity.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { id as key, rowid, step } from "./two-schemas.ts";

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(() => server.stop());

const cases: readonly (readonly [name: string, mariadb: string, sqlite: string, said: readonly string[]])[] = [
  [
    "a reference whose parent is longer, with ON UPDATE CASCADE",
    `CREATE TABLE p (k VARCHAR(20) COLLATE utf8mb4_nopad_bin NOT NULL, UNIQUE KEY (k)) CHARACTER SET utf8mb4; CREATE TABLE t (${key}, a VARCHAR(5) COLLATE utf8mb4_nopad_bin NOT NULL, FOREIGN KEY (a) REFERENCES p (k) ON UPDATE CASCADE) CHARACTER SET utf8mb4`,
    `CREATE TABLE p (k TEXT CHECK (LENGTH(k) <= 20) NOT NULL UNIQUE) STRICT; CREATE TABLE t (${rowid}, a TEXT CHECK (LENGTH(a) <= 5) NOT NULL REFERENCES p (k) ON UPDATE CASCADE) STRICT`,
    [
      "foreign key (a -> p k) of t: a is varchar(5) and refers to varchar(20), of which ON UPDATE CASCADE may give it more than it holds: declare it as wide",
    ],
  ],
  [
    "a longer parent whose key never changes",
    `CREATE TABLE p (k VARCHAR(20) COLLATE utf8mb4_nopad_bin NOT NULL, UNIQUE KEY (k)) CHARACTER SET utf8mb4; CREATE TABLE t (${key}, a VARCHAR(5) COLLATE utf8mb4_nopad_bin NOT NULL, FOREIGN KEY (a) REFERENCES p (k)) CHARACTER SET utf8mb4`,
    `CREATE TABLE p (k TEXT CHECK (LENGTH(k) <= 20) NOT NULL UNIQUE) STRICT; CREATE TABLE t (${rowid}, a TEXT CHECK (LENGTH(a) <= 5) NOT NULL REFERENCES p (k)) STRICT`,
    [],
  ],
  [
    "a longer reference, with ON UPDATE CASCADE",
    `CREATE TABLE p (k VARCHAR(5) COLLATE utf8mb4_nopad_bin NOT NULL, UNIQUE KEY (k)) CHARACTER SET utf8mb4; CREATE TABLE t (${key}, a VARCHAR(20) COLLATE utf8mb4_nopad_bin NOT NULL, FOREIGN KEY (a) REFERENCES p (k) ON UPDATE CASCADE) CHARACTER SET utf8mb4`,
    `CREATE TABLE p (k TEXT CHECK (LENGTH(k) <= 5) NOT NULL UNIQUE) STRICT; CREATE TABLE t (${rowid}, a TEXT CHECK (LENGTH(a) <= 20) NOT NULL REFERENCES p (k) ON UPDATE CASCADE) STRICT`,
    [],
  ],
  [
    "a reference from one ENUM to another",
    `CREATE TABLE p (k ENUM('x','y') COLLATE utf8mb4_nopad_bin NOT NULL, UNIQUE KEY (k)) CHARACTER SET utf8mb4; CREATE TABLE t (${key}, a ENUM('y','x') COLLATE utf8mb4_nopad_bin NOT NULL, FOREIGN KEY (a) REFERENCES p (k)) CHARACTER SET utf8mb4`,
    `CREATE TABLE p (k TEXT CHECK (k IN ('x', 'y')) NOT NULL UNIQUE) STRICT; CREATE TABLE t (${rowid}, a TEXT CHECK (a IN ('y', 'x')) NOT NULL REFERENCES p (k)) STRICT`,
    [
      "foreign key (a -> p k) of t: a is enum('y','x') and refers to enum('x','y'), which MariaDB compares as it stores them: declare both alike",
    ],
  ],
  [
    "a reference between equal ENUMs",
    `CREATE TABLE p (k ENUM('x','y') COLLATE utf8mb4_nopad_bin NOT NULL, UNIQUE KEY (k)) CHARACTER SET utf8mb4; CREATE TABLE t (${key}, a ENUM('x','y') COLLATE utf8mb4_nopad_bin NOT NULL, FOREIGN KEY (a) REFERENCES p (k) ON UPDATE CASCADE) CHARACTER SET utf8mb4`,
    `CREATE TABLE p (k TEXT CHECK (k IN ('x', 'y')) NOT NULL UNIQUE) STRICT; CREATE TABLE t (${rowid}, a TEXT CHECK (a IN ('x', 'y')) NOT NULL REFERENCES p (k) ON UPDATE CASCADE) STRICT`,
    [],
  ],
  [
    "a reference between decimals of other digits",
    `CREATE TABLE p (k DECIMAL(9,2) NOT NULL, UNIQUE KEY (k)) CHARACTER SET utf8mb4; CREATE TABLE t (${key}, a DECIMAL(8,2) NOT NULL, FOREIGN KEY (a) REFERENCES p (k)) CHARACTER SET utf8mb4`,
    `CREATE TABLE p (k INTEGER CHECK (k BETWEEN -999999999 AND 999999999) NOT NULL UNIQUE) STRICT; CREATE TABLE t (${rowid}, a INTEGER CHECK (a BETWEEN -99999999 AND 99999999) NOT NULL REFERENCES p (k)) STRICT`,
    [
      "foreign key (a -> p k) of t: a is decimal(8,2) and refers to decimal(9,2), which MariaDB compares as it stores them: declare both alike",
    ],
  ],
  [
    "a reference from a VARCHAR to a CHAR",
    `CREATE TABLE p (k CHAR(5) COLLATE utf8mb4_nopad_bin NOT NULL, UNIQUE KEY (k)) CHARACTER SET utf8mb4; CREATE TABLE t (${key}, a VARCHAR(5) COLLATE utf8mb4_nopad_bin NOT NULL, FOREIGN KEY (a) REFERENCES p (k)) CHARACTER SET utf8mb4`,
    `CREATE TABLE p (k TEXT CHECK (LENGTH(k) <= 5) NOT NULL UNIQUE) STRICT; CREATE TABLE t (${rowid}, a TEXT CHECK (LENGTH(a) <= 5) NOT NULL REFERENCES p (k)) STRICT`,
    [
      "foreign key (a -> p k) of t: a is varchar(5) and refers to char(5), which MariaDB compares as it stores them: declare both alike",
    ],
  ],
  [
    "partitions for some values",
    `CREATE TABLE t (id INT NOT NULL PRIMARY KEY) PARTITION BY RANGE (id) (PARTITION a VALUES LESS THAN (10))`,
    "CREATE TABLE t (id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -2147483648 AND 2147483647)) STRICT",
    [
      "table t is PARTITION BY RANGE: MariaDB refuses a row that belongs to no partition, SQLite stores it; add a partition for all others, VALUES LESS THAN (MAXVALUE)",
    ],
  ],
  [
    "partitions for some columns",
    `CREATE TABLE t (id INT NOT NULL PRIMARY KEY) PARTITION BY RANGE COLUMNS (id) (PARTITION a VALUES LESS THAN (10))`,
    "CREATE TABLE t (id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -2147483648 AND 2147483647)) STRICT",
    [
      "table t is PARTITION BY RANGE COLUMNS: MariaDB refuses a row that belongs to no partition, SQLite stores it; add a partition for all others, VALUES LESS THAN (MAXVALUE)",
    ],
  ],
  [
    "partitions for listed values",
    `CREATE TABLE t (id INT NOT NULL PRIMARY KEY) PARTITION BY LIST (id) (PARTITION a VALUES IN (1, 2))`,
    "CREATE TABLE t (id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -2147483648 AND 2147483647)) STRICT",
    [
      "table t is PARTITION BY LIST: MariaDB refuses a row that belongs to no partition, SQLite stores it; add a partition for all others, DEFAULT",
    ],
  ],
  [
    "partitions for all values",
    `CREATE TABLE t (id INT NOT NULL PRIMARY KEY) PARTITION BY RANGE (id) (PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (MAXVALUE))`,
    "CREATE TABLE t (id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -2147483648 AND 2147483647)) STRICT",
    [],
  ],
  [
    "partitions for listed values and others",
    `CREATE TABLE t (id INT NOT NULL PRIMARY KEY) PARTITION BY LIST (id) (PARTITION a VALUES IN (1, 2), PARTITION b DEFAULT)`,
    "CREATE TABLE t (id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -2147483648 AND 2147483647)) STRICT",
    [],
  ],
  [
    "partitions by hash",
    `CREATE TABLE t (id INT NOT NULL PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 4`,
    "CREATE TABLE t (id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -2147483648 AND 2147483647)) STRICT",
    [],
  ],
];

describe("two folders of migrations", () => {
  test.each(cases)("%s", async (_, mariadbSql, sqliteSql, said) => {
    const mariadb = await MariadbProver.open(server, [step(mariadbSql)]);
    const sqlite = new SqliteProver([step(sqliteSql)]);
    expect(catalogDifferences(mariadb.catalog, sqlite.catalog)).toEqual([...said]);
    await mariadb.close();
    sqlite.close();
  });
});
