import { readStatement, type Statement } from "../check/parse/statement.ts";
import { isWord } from "../check/parse/tokenize.ts";
import type { Table } from "../check/types/catalog.ts";
import type { Proof } from "../runtime/proof.ts";
import { ProvenQuery } from "../runtime/query.ts";
import type { Database } from "../runtime/types.ts";
import { compareMultiset, compareSorted, type RowDifference, shown } from "./compare.ts";
import type { Engines } from "./engines.ts";
import { type Answered, breaksProof, isBeyond64Bits, type Outcome, read, tookTooLong, write } from "./execute.ts";
import type { Content } from "./fill.ts";
import { forgetNewNumbers, type NewNumbers, newNumbersOf, rankNewNumbers } from "./new-numbers.ts";
import { keyPrefix, orderingOf, withSortKeys } from "./order.ts";
import { isRecursive, ParameterMaker } from "./parameters.ts";
import type { ProjectQuery } from "./proven-project.ts";
import type { Random } from "./random.ts";
import type { LooseQuery } from "./table-queries.ts";
import type { Parameters, Row } from "./values.ts";

/** The outcome of one execution on both engines. */
export interface Execution {
  readonly params: Parameters;
  readonly difference: RowDifference | null;
  /** The difference is SQLite's limit, of which nothing was promised. */
  readonly beyond64Bits: boolean;
  /** MariaDB did not answer within its time limit, so nothing was compared. */
  readonly tooLong: boolean;
  readonly rowsCompared: number;
  /** The number of rows returned or changed. */
  readonly hits: number;
  readonly refused: boolean;
}

/** Runs one query on both engines, any number of times. */
export class QueryRunner {
  private constructor(
    private readonly engines: Engines,
    private readonly proof: Proof,
    private readonly query: LooseQuery,
    private readonly maker: ParameterMaker,
    private readonly order: Order,
    private readonly target: Table | null,
    private readonly numbers: NewNumbers | null,
    private readonly recursive: boolean,
  ) {}

  static async prepare(
    engines: Engines,
    { text, literal, proof }: ProjectQuery,
    content: Content,
  ): Promise<QueryRunner> {
    const statement = readStatement(literal.mariadb);
    const maker = new ParameterMaker(proof, statement, engines.catalog, content);
    const query: LooseQuery = new ProvenQuery(text, proof);
    const order = await orderOf(engines, statement, readStatement(literal.sqlite), proof);
    const target = engines.catalog.get(statement.target ?? "") ?? null;
    const numbers = target === null ? null : newNumbersOf(target, content.get(target.name) ?? [], literal.mariadb);
    return new QueryRunner(engines, proof, query, maker, order, target, numbers, isRecursive(statement));
  }

  /** Runs with generated parameters. */
  execute(random: Random): Promise<Execution> {
    return this.executeWith(this.parameters(random));
  }

  /** The parameters that `execute` would generate. */
  parameters(random: Random): Parameters {
    return this.maker.next(random);
  }

  async executeWith(params: Parameters): Promise<Execution> {
    const [mariadb, sqlite] = await this.#outcomes(params);
    const none = { params, difference: null, beyond64Bits: false, tooLong: false, rowsCompared: 0, hits: 0 };
    if (sqlite === null) return { ...none, tooLong: true, refused: false };
    if (mariadb.kind === "refused" || sqlite.kind === "refused") {
      const alike = mariadb.kind === "refused" && sqlite.kind === "refused" && mariadb.reason === sqlite.reason;
      // If both engines violate the proven type in the same way, they do not agree: the proof is wrong.
      const difference = alike && !breaksProof(mariadb) ? null : outcomeDifference(mariadb, sqlite);
      const beyond64Bits = isBeyond64Bits(mariadb, sqlite);
      return { ...none, difference, beyond64Bits, refused: difference === null };
    }
    const difference = this.#difference(mariadb, sqlite) ?? (await this.#sortDifference(params));
    const compared = [...mariadb.tables.values()].reduce((sum, rows) => sum + rows.length, mariadb.rows.length);
    const hits = mariadb.rows.length + (mariadb.rowsAffected ?? 0);
    return { ...none, difference, rowsCompared: compared, hits, refused: false };
  }

  /** SQLite's is null where MariaDB takes too long. */
  async #outcomes(params: Parameters): Promise<[Outcome, Outcome | null]> {
    const { mariadb, sqlite } = this.engines;
    const ask = await this.#asking(params);
    if (!this.recursive) return Promise.all([ask(mariadb), ask(sqlite)]);
    const first = await ask(mariadb);
    return [first, tookTooLong(first) ? null : await ask(sqlite)];
  }

  async #asking(params: Parameters): Promise<(database: Database) => Promise<Outcome>> {
    if (this.proof.kind === "select") return (database) => read(database, this.query, params);
    // Only on MariaDB does a rolled-back insert use up a number.
    if (this.proof.kind === "insert" && this.numbers !== null && this.target !== null)
      await this.engines.alignNumbers(this.target);
    const returns = this.proof.columns.length > 0;
    const watched = this.#watched();
    return (database) => write(database, this.query, params, returns, watched);
  }

  /** The written table and those that a delete or a changed key may affect. */
  #watched(): readonly Table[] {
    const { target } = this;
    if (target === null) return [];
    if (this.proof.kind === "insert") return [target];
    const children = [...this.engines.catalog.values()].filter(
      (table) => table !== target && table.foreignKeys.some((key) => key.table === target.name),
    );
    return [target, ...children];
  }

  #difference(mariadb: Answered, sqlite: Answered): RowDifference | null {
    const rows = this.order.compare(this.#comparable(mariadb.rows), this.#comparable(sqlite.rows));
    if (rows !== null) return rows;
    if (mariadb.rowsAffected !== sqlite.rowsAffected)
      return { what: "rows affected", mariadb: `${mariadb.rowsAffected} rows`, sqlite: `${sqlite.rowsAffected} rows` };
    for (const [table, content] of mariadb.tables) {
      const [ours, theirs] = [this.#comparable(content), this.#comparable(sqlite.tables.get(table) ?? [])];
      const unlike = compareMultiset(ours, theirs, `rows of ${table} after the write`);
      if (unlike !== null) return unlike;
    }
    return null;
  }

  #comparable(rows: readonly Row[]): readonly Row[] {
    if (this.numbers === null) return rows;
    if (this.order.numbers === "any") return forgetNewNumbers(rows, this.numbers);
    return (this.proof.upserts ?? 0) > 1 ? rankNewNumbers(rows, this.numbers) : rows;
  }

  /** Checks an order by hidden keys with the same query that also selects those keys. */
  async #sortDifference(params: Parameters): Promise<RowDifference | null> {
    const { keyed } = this.order;
    if (keyed === null) return null;
    const outcomes = await Promise.all([
      read(this.engines.mariadb, keyed.query, params),
      read(this.engines.sqlite, keyed.query, params),
    ]);
    const [mariadb, sqlite] = outcomes;
    if (mariadb.kind === "refused" || sqlite.kind === "refused") return outcomeDifference(mariadb, sqlite);
    return keyed.compare(mariadb.rows, sqlite.rows);
  }
}

function outcomeDifference(mariadb: Outcome, sqlite: Outcome): RowDifference {
  const text = (outcome: Outcome): string =>
    outcome.kind === "refused"
      ? `${outcome.reason}: ${outcome.message}`
      : `${outcome.rows.length} rows ${shown(outcome.rows.slice(0, 1))}, ${outcome.rowsAffected ?? "none"} affected`;
  const both = mariadb.kind === "refused" && sqlite.kind === "refused";
  const what = both ? "each engine refuses for its own reason" : "one engine refuses";
  return { what, mariadb: text(mariadb), sqlite: text(sqlite) };
}

type Compare = (mariadb: readonly Row[], sqlite: readonly Row[]) => RowDifference | null;

/** How the rows of a query are compared. */
interface Order {
  readonly compare: Compare;
  readonly keyed: { readonly query: LooseQuery; readonly compare: Compare } | null;
  /** Whether new rows may get their automatic keys in any order. */
  readonly numbers: "in order" | "any";
}

async function orderOf(engines: Engines, mariadb: Statement, sqlite: Statement, proof: Proof): Promise<Order> {
  const ordering = orderingOf(mariadb, proof);
  const limited = mariadb.tokens.some((token) => isWord(token, "LIMIT"));
  const unordered = limited ? "other rows; LIMIT without a total order takes any rows" : "other rows";
  const multiset: Compare = (a, b) => compareMultiset(a, b, unordered);
  const copies = proof.kind === "insert" && !mariadb.tokens.some((token) => isWord(token, "VALUES"));
  const numbers = copies ? "any" : "in order";
  if (proof.kind !== "select" || ordering.kind === "none") return { compare: multiset, keyed: null, numbers };
  if (ordering.kind === "visible")
    return { compare: (a, b) => compareSorted(a, b, ordering.columns, limited), keyed: null, numbers };
  const keys = [...ordering.columns, ...ordering.expressions.map((_expression, index) => keyPrefix + index)];
  const query = await keyedQuery(engines, mariadb, sqlite, ordering.expressions, proof);
  if (query === null) return { compare: multiset, keyed: null, numbers };
  return { compare: multiset, keyed: { query, compare: (a, b) => compareSorted(a, b, keys, limited) }, numbers };
}

async function keyedQuery(
  engines: Engines,
  mariadb: Statement,
  sqlite: Statement,
  expressions: readonly string[],
  proof: Proof,
): Promise<LooseQuery | null> {
  const ours = withSortKeys(mariadb, expressions);
  const theirs = withSortKeys(sqlite, expressions);
  if (ours === null || theirs === null) return null;
  // A key that has no type by itself cannot be selected; its order is then not compared.
  const verdict = await engines.prove({ mariadb: ours.sql, sqlite: theirs.sql });
  if ("findings" in verdict || verdict.proof.parameters.length !== proof.parameters.length) return null;
  return new ProvenQuery(`${ours.sql} -- with its sort keys`, verdict.proof);
}
