import { effectDifferences } from "../../src/check/effects/differences.ts";
import { rewrite } from "../../src/check/parse/rewrite.ts";
import { readStatement } from "../../src/check/parse/statement.ts";
import { prove } from "../../src/check/prove.ts";
import { MariadbProver } from "../../src/check/provers/mariadb.ts";
import type { Provers } from "../../src/check/provers/open.ts";
import { SqliteProver } from "../../src/check/provers/sqlite.ts";
import { catalogDifferences } from "../../src/check/types/parity.ts";
import type { Refusal } from "../../src/check/typing/context.ts";
import { type Engines, openEngines, type Server } from "../../src/differential/engines.ts";
import { read, write } from "../../src/differential/execute.ts";
import { type Content, fill } from "../../src/differential/fill.ts";
import { type Execution, QueryRunner } from "../../src/differential/query-runner.ts";
import type { Random } from "../../src/differential/random.ts";
import type { LooseQuery } from "../../src/differential/table-queries.ts";
import type { Parameters } from "../../src/differential/values.ts";
import { openMariadb } from "../../src/runtime/mariadb/open.ts";
import type { Proof } from "../../src/runtime/proof.ts";
import { ProvenQuery } from "../../src/runtime/query.ts";
import type { Database } from "../../src/runtime/types.ts";
import type { Migrations } from "../schema/migrations.ts";
import { type RemainingRows, withRows } from "./remaining-rows.ts";

/** A statement for which MariaDB takes longer than this is not judged. */
const mostMs = 3000;

/** One schema on both engines, filled, beside the checker's own empty copies of it. */
export class Stage {
  #hasty: Promise<Database> | null = null;

  private constructor(
    private readonly server: Server,
    private readonly provers: Provers,
    private readonly without: ReadonlySet<Refusal>,
    readonly engines: Engines,
    readonly content: Content,
  ) {}

  static async open(
    server: Server,
    migrations: Migrations,
    random: Random,
    { rows, without }: { readonly rows: number; readonly without: ReadonlySet<Refusal> },
  ): Promise<Stage> {
    const sqlite = new SqliteProver(migrations.sqlite);
    const mariadb = await MariadbProver.open(server, migrations.mariadb);
    const engines = await openEngines(server, migrations);
    const empty = new Stage(server, { mariadb, sqlite }, without, engines, new Map());
    try {
      return new Stage(server, { mariadb, sqlite }, without, engines, await fill(engines, random, rows));
    } catch (error) {
      await empty.close();
      throw error;
    }
  }

  /** What the comparison of the two schemas says of them. */
  async schemaDifferences(): Promise<readonly string[]> {
    const { mariadb, sqlite } = this.provers;
    return [
      ...catalogDifferences(mariadb.catalog, sqlite.catalog),
      ...(await effectDifferences(mariadb.schema, sqlite.schema)),
    ];
  }

  /** The proof of a text; null when the checker refuses it, by default without what is taken out of it. */
  async prove(text: string, without: ReadonlySet<Refusal> = this.without): Promise<Proof | null> {
    if (!this.#sqliteTakes(text)) return null;
    const location = { file: "fuzz.ts", line: 1, column: 1 };
    const verdict = await prove({ key: text, mariadb: text, sqlite: text, location }, this.provers, {
      ...{ without, brief: true },
    });
    return "proof" in verdict ? verdict.proof : null;
  }

  /** The checker refuses what SQLite does not prepare, and SQLite says so without a round trip. */
  #sqliteTakes(text: string): boolean {
    try {
      this.provers.sqlite.columnNames(rewrite(readStatement(text), "sqlite", () => "?"));
      return true;
    } catch {
      return false;
    }
  }

  runner(text: string, proof: Proof): Promise<QueryRunner> {
    const literal = { mariadb: text, sqlite: text };
    return QueryRunner.prepare(this.engines, { text, literal, proof, places: [] }, this.content);
  }

  /** Whether MariaDB answers within the time limit. */
  async endsSoon(text: string, proof: Proof, params: Parameters): Promise<boolean> {
    const limits = { statementTimeoutMs: mostMs, connectionLimit: 1 };
    this.#hasty ??= openMariadb({ ...this.server, ...limits, database: this.engines.database });
    const query: LooseQuery = new ProvenQuery(text, proof);
    const database = await this.#hasty;
    const outcome = await (proof.kind === "select"
      ? read(database, query, params)
      : write(database, query, params, proof.columns.length > 0, []));
    return outcome.kind === "answered" || !outcome.reason.includes("query-timeout");
  }

  /** The same stage on which every statement finds only these rows. */
  keeping(rows: RemainingRows): Stage {
    const engines: Engines = {
      ...this.engines,
      mariadb: withRows(this.engines.mariadb, this.engines.catalog, rows),
      sqlite: withRows(this.engines.sqlite, this.engines.catalog, rows),
    };
    const content = new Map(
      [...this.content].map(([table, all]) => [
        table,
        all.filter(({ id }) => rows.get(table)?.has(Number(id)) ?? true),
      ]),
    );
    return new Stage(this.server, this.provers, this.without, engines, content);
  }

  async close(): Promise<void> {
    await (await this.#hasty)?.close();
    await this.engines.close();
    await this.provers.mariadb.close();
    this.provers.sqlite.close();
  }
}

export type { Execution, Parameters };
