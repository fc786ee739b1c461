import { enginesOf } from "../runtime/engines.ts";
import type { ColumnProof, ParameterProof, Proof } from "../runtime/proof.ts";
import type { Engine } from "../runtime/types.ts";
import { valuesRow, withRows } from "../runtime/values-row.ts";
import { type Columns, nameFindings, pairedColumns, typedColumns, witnessed, writtenItems } from "./columns.ts";
import { keywordAt, located, namingKeywords, type Refused } from "./located.ts";
import type { Literal } from "./parse/extract.ts";
import type { Finding } from "./parse/finding.ts";
import { TokenError } from "./parse/tokenize.ts";
import { isOfGroups } from "./provers/engine-cures.ts";
import { type MariadbProver, MariadbSqlError } from "./provers/mariadb.ts";
import type { OpenProvers } from "./provers/open.ts";
import { SqliteSqlError } from "./provers/sqlite.ts";
import { hasRules } from "./rules/index.ts";
import { schemaOf } from "./schema.ts";
import { askedText, describedText, findingsOf, readSide, type Side, statementOf } from "./side.ts";
import type { SqlStatement } from "./tree/nodes.ts";
import type { Refusal } from "./typing/context.ts";
import type { Schema } from "./typing/statement.ts";
import { readsOwnRows } from "./typing/writes/own-reads.ts";

export type Verdict = { readonly proof: Proof } | { readonly findings: readonly Finding[] };

export interface ProveOptions {
  /** Reasons to refuse a text that are left out, to show that each is needed. */
  readonly without?: ReadonlySet<Refusal>;
  /** BIGINT is a `bigint` with all its 64 bits. */
  readonly bigint?: boolean;
  /** A text that the rules refuse is not given to the engines: whether it is refused matters, and not each finding. */
  readonly brief?: boolean;
  /** The SELECT of a view. */
  readonly view?: boolean;
}

/** True for a text that is written once per engine, also where both texts are the same: they are read as two. */
export function isPair({ key, mariadb }: Pick<Literal, "key" | "mariadb">): boolean {
  return key !== mariadb;
}

/** Types one query by the table of rules and asks the project's engines about it. The verdict holds every finding. */
export async function prove(literal: Literal, provers: OpenProvers, options: ProveOptions = {}): Promise<Verdict> {
  const verdict = await verdictOf(literal, provers, options);
  // Of a pair, the texts have places of their own.
  if ("proof" in verdict || isPair(literal)) return verdict;
  const placeOf = ({ offset }: Finding): number => offset ?? Number.MAX_SAFE_INTEGER;
  return { findings: verdict.findings.toSorted((a, b) => placeOf(a) - placeOf(b)) };
}

async function verdictOf(literal: Literal, provers: OpenProvers, options: ProveOptions): Promise<Verdict> {
  const { mariadb, sqlite } = provers;
  const paired = isPair(literal);
  if (paired && (mariadb === null || sqlite === null))
    return { findings: [{ message: "this project names one engine: write one text, not a pair", offset: null }] };
  try {
    const schema = {
      ...schemaOf(provers),
      exact: options.bigint === true,
      paired,
      merges: options.view === true,
    };
    const without = options.without ?? new Set<Refusal>();
    if (mariadb === null) return await proveSides(null, readSide(literal.sqlite, "sqlite", schema, without), provers);
    if (sqlite === null) return await proveSides(readSide(literal.mariadb, "mariadb", schema, without), null, provers);
    if (!paired) {
      const side = readSide(literal.mariadb, "both", schema, without);
      if (options.brief === true && findingsOf(side).length > 0) return { findings: findingsOf(side) };
      return await proveSides(side, side, provers);
    }
    // A pair is written because the engines differ. That both texts mean the same is the author's claim.
    const here = readPaired(literal, "mariadb", schema, without);
    const there = readPaired(literal, "sqlite", schema, without);
    if ("message" in here) return { findings: [here] };
    if ("message" in there) return { findings: [there] };
    return await proveSides(here, there, provers);
  } catch (error) {
    if (error instanceof TokenError) return { findings: [{ message: error.message, offset: error.offset }] };
    if (error instanceof MariadbSqlError || error instanceof SqliteSqlError)
      return { findings: [{ message: error.message, offset: null }] };
    throw error;
  }
}

/** One text of a pair, or why it is no statement. */
function readPaired(literal: Literal, text: Engine, schema: Schema, without: ReadonlySet<Refusal>): Side | Finding {
  try {
    return readSide(literal[text], text, schema, without);
  } catch (error) {
    if (error instanceof TokenError) return { message: error.message, offset: error.offset, text };
    throw error;
  }
}

async function proveSides(ours: Side | null, theirs: Side | null, provers: OpenProvers): Promise<Verdict> {
  const side = ours ?? theirs;
  if (side === null) throw new Error("a text is for one engine at least");
  const own = [
    ...(ours === null ? [] : findingsOf(ours)),
    ...(theirs === null || theirs === ours ? [] : findingsOf(theirs)),
  ];
  if ((ours?.unread?.isCure ?? false) || (theirs?.unread?.isCure ?? false)) return { findings: own };
  const all = await refusals(ours, theirs, provers);
  const refused = own.length > 0 && ours !== null ? all.filter((one) => !isUnwritten(one)) : all;
  if (refused.length > 0) {
    const typed = [ours?.typed?.findings ?? [], theirs === ours ? [] : (theirs?.typed?.findings ?? [])].flat();
    return { findings: [...typed, ...refused.filter((one) => !isSaid(one, typed))] };
  }
  if (own.length > 0) return { findings: own };
  const parameters = side.typed?.parameters ?? [];
  const { columns, findings } = await columnsOf(ours, theirs, parameters, provers);
  if (findings.length > 0) return { findings };
  const statements = await preparedStatements(ours, theirs, parameters, provers);
  const upserts = upsertedRows(side.tree);
  const proof = { kind: side.statement.kind, ...exactly(side.exact, parameters, columns), statements };
  const apart = ours?.tree?.kind === "insert" && readsOwnRows(ours.tree, schemaOf(provers).catalog);
  return { proof: { ...proof, ...(upserts === null ? {} : { upserts }), ...(apart ? { apart } : {}) } };
}

/** True where an engine refuses what a finding at its place already says. */
function isSaid({ message, offset }: Finding, typed: readonly Finding[]): boolean {
  const name = /^(?:SQLite: no such function:|MariaDB 1305: FUNCTION) (\w+)/.exec(message)?.[1]?.toUpperCase();
  // In HAVING, MariaDB knows the columns of GROUP BY and of the list alone.
  const isUnknown = /^MariaDB 1054: .* in 'HAVING'$/.test(message);
  return typed.some(
    (finding) =>
      (finding.waiver === "grouping" && (isOfGroups(message) || (isUnknown && finding.offset === offset))) ||
      (finding.waiver === "function" && name !== undefined && finding.message.toUpperCase().startsWith(name)),
  );
}

/** Whole numbers as `bigint` where the project wants them. */
function exactly(
  exact: boolean,
  parameters: readonly ParameterProof[],
  columns: readonly ColumnProof[],
): Pick<Proof, "parameters" | "columns"> {
  if (!exact) return { parameters, columns };
  const isWhole = ({ type }: ParameterProof): boolean => type === "integer" || type === "bigint";
  return {
    parameters: parameters.map((one) => (isWhole(one) ? { ...one, exact } : one)),
    columns: columns.map((one) => (one.type === "bigint" ? { ...one, exact } : one)),
  };
}

/** True of a function that SQLite gets in other words, but not while the type of what it takes is missing. */
function isUnwritten({ message }: Finding): boolean {
  const [, name] = /no such function: (\w+)/.exec(message) ?? [];
  return name !== undefined && hasRules(name.toUpperCase());
}

/** What the engines themselves refuse. */
async function refusals(ours: Side | null, theirs: Side | null, provers: OpenProvers): Promise<readonly Finding[]> {
  const refused: Refused[] = [];
  const ask = async (side: Side, engine: Engine, prepare: (text: string) => void | Promise<void>): Promise<void> => {
    try {
      await prepare(askedText(side, engine));
    } catch (error) {
      if (!(error instanceof MariadbSqlError || error instanceof SqliteSqlError)) throw error;
      const about = side.text === undefined ? {} : { text: side.text };
      const finding = { ...located(error.message, side.statement, side.unread?.offset ?? null), ...about };
      const isSyntax = /^MariaDB 1064:|: syntax error$/.test(error.message);
      // MariaDB names nothing at the end of the text.
      const offset = / near '' at line \d+$/.test(error.message) ? side.statement.sql.length : finding.offset;
      refused.push({ finding, keyword: isSyntax ? await keywordAt(offset, side, prepare) : null });
    }
  };
  if (theirs !== null) await ask(theirs, "sqlite", (text) => void provers.sqlite?.columnNames(text));
  if (ours !== null) await ask(ours, "mariadb", async (text) => await provers.mariadb?.prepare(text));
  return namingKeywords(refused);
}

async function columnsOf(
  ours: Side | null,
  theirs: Side | null,
  parameters: readonly ParameterProof[],
  { mariadb, sqlite }: OpenProvers,
): Promise<Columns> {
  const names = theirs === null || sqlite === null ? null : sqlite.columnNames(askedText(theirs, "sqlite"));
  if (ours === null || mariadb === null) {
    const { columns, findings } = typedColumns(theirs?.typed?.columns ?? [], names ?? [], hasStar(theirs));
    return { columns, findings: [...findings, ...nameFindings(columns, null)] };
  }
  const text = describedText(ours, parameters);
  const described = text === null ? [] : await mariadb.described(text);
  const written = writtenItems(ours.tree, ours.statement.sql);
  const { columns, findings } = witnessed(ours.typed?.columns ?? [], described, theirs !== null, written);
  const own = [...findings, ...nameFindings(columns, names)];
  if (theirs === null || theirs === ours) return { columns, findings: own };
  const unlike = pairFindings(ours, theirs);
  const pair = pairedColumns(columns, theirs.typed?.columns ?? []);
  return { columns: pair.columns, findings: [...own, ...(unlike.length > 0 ? unlike : pair.findings)] };
}

function hasStar(side: Side | null): boolean {
  const tree = side?.tree ?? null;
  return tree?.kind === "select" && tree.query.first.items.some(({ kind }) => kind === "star");
}

/** Each engine prepares exactly what will run, with one, several and no elements in each list. */
async function preparedStatements(
  ours: Side | null,
  theirs: Side | null,
  parameters: readonly ParameterProof[],
  { mariadb, sqlite }: OpenProvers,
): Promise<Proof["statements"]> {
  const statements = enginesOf(
    ours === null ? null : statementOf(ours, "mariadb", parameters),
    theirs === null ? null : statementOf(theirs, "sqlite", parameters),
  );
  if (statements === null) throw new Error("a text is for one engine at least");
  const lists = (statements.mariadb ?? statements.sqlite).parts.length > 1;
  for (const filler of lists ? ["?", "?, ?, ?", "SELECT 1 WHERE 0"] : ["?"]) {
    if (statements.mariadb !== null) await mariadb?.prepare(statements.mariadb.parts.join(filler));
    if (statements.sqlite !== null) sqlite?.columnNames(statements.sqlite.parts.join(filler));
  }
  if (ours?.statement.kind === "insert" && statements.mariadb !== null)
    await prepareRows(statements.mariadb.parts, mariadb);
  return statements;
}

/** At run time an INSERT of one row may be sent with many rows, so MariaDB prepares that form as well. */
async function prepareRows([text, ...others]: readonly string[], mariadb: MariadbProver | null): Promise<void> {
  if (text === undefined || others.length > 0) return;
  const row = valuesRow(text);
  if (row !== null) await mariadb?.prepare(withRows(text, row, 2));
}

/** How many rows an upsert is given; null for any other statement. */
function upsertedRows(tree: SqlStatement | null): number | null {
  if (tree?.kind !== "insert" || tree.conflict === null || tree.source.kind !== "rows") return null;
  return tree.source.rows.length;
}

/** The two texts of a pair must be of one kind and take the same parameters. */
function pairFindings(ours: Side, theirs: Side): Finding[] {
  const say = (message: string): Finding[] => [{ message, offset: null }];
  if (ours.statement.kind !== theirs.statement.kind) return say("the two texts are different kinds of statement");
  const words = ({ name, type, scale, nullable, list }: ParameterProof): string =>
    `${name}: ${type === "bigint" ? "integer" : type}${type === "decimal" ? `(${scale})` : ""}${nullable ? "?" : ""}${list ? "..." : ""}`;
  const [here, there] = [ours, theirs].map((side) => (side.typed?.parameters ?? []).map(words).sort().join(", "));
  return here === there ? [] : say(`the texts take different parameters: (${here}) on MariaDB, (${there}) on SQLite`);
}
