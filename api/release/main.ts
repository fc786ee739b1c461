// `npm run release`: stores what the version in package.json leaves behind, in schema/released/VERSION, so that every
// later version is tested against it: a small database of each engine, what the API answers from it, and the statements
// that this version runs. The databases are those of the version before, upgraded and then used with what is new.
import { Database as SqliteDatabase } from "bun:sqlite";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { folderOf, loadMariadb, releasedVersions, tokenOf, unpackSqlite } from "northwind-schema/released-versions";
import { startPrivateMariadb } from "sqlproof/private-mariadb";
import { version } from "../../package.json" with { type: "json" };
import { Client } from "./client.ts";
import { statements } from "./statements.ts";
import { readPaths, useEverythingNew } from "./whats-new.ts";

const root = join(import.meta.dir, "..", "..");

/** What the API answered from the database of one engine, and the token with which it was asked. */
interface Used {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly token: string | null;
}

/** Starts the API, which upgrades the database, uses what is new, and reads it back. */
async function used(url: string, tokenBefore: string | null): Promise<Used> {
  const args = ["api/src/main.ts", "--port", "0", "--no-sample", "--notice-ms", "0", "--database", url];
  const program = Bun.spawn([process.execPath, ...args], {
    cwd: root,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
    env: { ...process.env, END_WITH_INPUT: "1" },
  });
  let output = "";
  for await (const chunk of program.stdout) {
    output += new TextDecoder().decode(chunk);
    const address = /^API\s+(http:\S+)/m.exec(output)?.[1];
    if (address === undefined) continue;
    const token = (await useEverythingNew(new Client(address, tokenBefore))) ?? tokenBefore;
    const reader = new Client(address, token);
    const answers: Record<string, unknown> = {};
    for (const path of readPaths) answers[path] = await reader.answer(path);
    program.kill("SIGTERM");
    if ((await program.exited) !== 0) throw new Error(`the API did not end well: ${output}`);
    return { answers, token };
  }
  throw new Error(`the API did not start: ${output}`);
}

async function release(): Promise<string> {
  const target = folderOf(version);
  if (existsSync(target))
    throw new Error(
      `${target} is there already: a released version is not made again. Raise the version in package.json.`,
    );
  const before = releasedVersions().at(-1) ?? "";
  const folder = mkdtempSync(join(tmpdir(), "northwind-release-"));
  const server = await startPrivateMariadb({ directory: folder });
  try {
    const file = join(folder, "northwind.db");
    unpackSqlite(before, file);
    await loadMariadb(before, server, "northwind");
    const onSqlite = await used(`sqlite:${file}`, tokenOf(before, "sqlite"));
    const onMariadb = await used(server.url("northwind"), tokenOf(before, "mariadb"));
    const answers = JSON.stringify(onSqlite.answers, null, 2);
    if (answers !== JSON.stringify(onMariadb.answers, null, 2)) throw new Error("the engines answer differently");
    mkdirSync(target);
    const write = (name: string, content: string | Uint8Array) => writeFileSync(join(target, name), content);
    write("answers.json", `${answers}\n`);
    // Of test data: it opens nothing else. The engines have one each.
    write("tokens.json", `${JSON.stringify({ sqlite: onSqlite.token, mariadb: onMariadb.token }, null, 2)}\n`);
    write("statements.json.gz", gzipSync(`${JSON.stringify(statements(), null, 1)}\n`, { level: 9 }));
    write("sqlite.db.gz", gzipSync(sqliteCopy(file, join(folder, "copy.db")), { level: 9 }));
    write("mariadb.sql.gz", gzipSync(mariadbDump(server.socketPath, server.password), { level: 9 }));
    return target;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Without the free pages that an upgrade leaves behind. */
function sqliteCopy(file: string, copy: string): Buffer {
  const database = new SqliteDatabase(file);
  database.run("VACUUM INTO ?", [copy]);
  database.close();
  return readFileSync(copy);
}

function mariadbDump(socket: string, password: string): Uint8Array {
  const options = ["--single-transaction", "--hex-blob", "--skip-dump-date", "--skip-comments"];
  const dump = Bun.spawnSync([
    "mariadb-dump",
    `--socket=${socket}`,
    "-uroot",
    `-p${password}`,
    ...options,
    "northwind",
  ]);
  if (!dump.success) throw new Error(`the database cannot be dumped: ${dump.stderr}`);
  return dump.stdout;
}

console.log(`${await release()} is written. Commit it with the heading of ${version} in CHANGELOG.md.`);
