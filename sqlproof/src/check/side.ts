import { type EngineStatement, type ParameterProof, placeholder } from "../runtime/proof.ts";
import type { Engine } from "../runtime/types.ts";
import type { Finding } from "./parse/finding.ts";
import { engineStatement, rewrite, rewritePart } from "./parse/rewrite.ts";
import { readStatement, type Statement } from "./parse/statement.ts";
import { GrammarError } from "./tree/cursor.ts";
import type { SqlStatement } from "./tree/nodes.ts";
import { readSqlStatement } from "./tree/statements.ts";
import type { Mode, Refusal } from "./typing/context.ts";
import { type Schema, type Typed, typeStatement } from "./typing/statement.ts";
import { waiversIn } from "./waivers.ts";

/** One text, for both engines or for one of them, read and typed. */
export interface Side {
  readonly statement: Statement;
  /** Null when the text is not in the grammar. */
  readonly tree: SqlStatement | null;
  readonly typed: Typed | null;
  /** True when BIGINT is a `bigint`. */
  readonly exact: boolean;
  /** In a pair, the engine that the text is for. */
  readonly text?: Engine;
  /** What the grammar does not have. */
  readonly unread: GrammarError | null;
}

/** Reads and types a text. Throws `TokenError` on one that is no statement. */
export function readSide(sql: string, mode: Mode, schema: Schema, without: ReadonlySet<Refusal>): Side {
  const statement = readStatement(sql);
  const { waived, findings } = waiversIn(sql);
  const left = new Set([...without, ...waived]);
  const about = schema.paired && mode !== "both" ? { text: mode } : {};
  const placed = (all: readonly Finding[]): Finding[] => all.map((one) => ({ ...one, ...about }));
  try {
    const tree = readSqlStatement(sql, mode, left.has("precedence"));
    const typed = typeStatement(tree, statement, schema, mode, left);
    const needless = [...waived].filter((one) => !isNeeded(one, sql, mode, schema, left));
    const said = needless.map(
      (one): Finding => ({ message: `nothing is refused for ${one}: remove its waiver`, offset: 0 }),
    );
    const all = placed([...findings, ...said, ...typed.findings]);
    return {
      statement: { ...statement, edits: typed.edits },
      tree,
      typed: { ...typed, findings: all, doubts: placed(typed.doubts) },
      exact: schema.exact,
      unread: null,
      ...about,
    };
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    return { statement, tree: null, typed: null, exact: schema.exact, unread: error, ...about };
  }
}

/** True when the text would be refused without the waiver. */
function isNeeded(waived: Refusal, sql: string, mode: Mode, schema: Schema, left: ReadonlySet<Refusal>): boolean {
  const others = new Set([...left].filter((one) => one !== waived));
  try {
    const tree = readSqlStatement(sql, mode, others.has("precedence"));
    const { findings, doubts } = typeStatement(tree, readStatement(sql), schema, mode, others);
    return findings.length + doubts.length > 0;
  } catch (error) {
    if (error instanceof GrammarError) return true;
    throw error;
  }
}

/** What the checker itself refuses in a text. */
export function findingsOf({ typed, unread, text }: Side): readonly Finding[] {
  const about = text === undefined ? {} : { text };
  if (unread !== null) return [{ message: unread.message, offset: unread.offset, ...about }];
  return typed === null ? [] : [...typed.doubts, ...typed.findings];
}

/** The text as an engine is asked about it before its parameters have types. */
export function askedText({ statement }: Side, engine: Engine): string {
  return rewrite(statement, engine, () => "?");
}

/** The text as it will run. */
export function statementOf(
  { statement }: Side,
  engine: Engine,
  parameters: readonly ParameterProof[],
): EngineStatement {
  return engineStatement(statement, engine, new Map(parameters.map((parameter) => [parameter.name, parameter])));
}

/**
 * The text whose description MariaDB gives when it prepares it. INSERT and DELETE report their columns only when
 * executed, so their list is prepared as a SELECT.
 */
export function describedText(side: Side, parameters: readonly ParameterProof[]): string | null {
  const { statement } = side;
  const inserted = ({ name }: { readonly name: string }): string =>
    placeholder(
      "mariadb",
      parameters.find((one) => one.name === name),
    );
  if (statement.kind === "select") return rewrite(statement, "mariadb", inserted);
  const returning = statement.tokens[statement.returning];
  if (returning === undefined) return null;
  const from = returning.offset + "RETURNING".length;
  const list = rewritePart(statement, "mariadb", inserted, from, statement.sql.length);
  return `SELECT ${list} FROM ${statement.target ?? ""}`;
}
