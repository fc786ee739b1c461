import type { Random } from "../../../schema/sample/random.ts";
import { isSymbol, isWord, meaningful, type Token, tokenize } from "../../../sqlproof/src/check/parse/tokenize.ts";
import type { Catalog } from "../../../sqlproof/src/check/types/catalog.ts";
import type { SqlFault, Subject, UseFault } from "./fault.ts";

/** A changed text and what was changed, or null when the subject has nothing to change in that way. */
interface Mutation {
  readonly sql: string;
  readonly changed: string;
  /** The change of the call that goes with it, as an author who makes the mistake would write it. */
  readonly use?: UseFault;
}

type Mutator = (subject: Subject, random: Random, catalog: Catalog) => Mutation | null;

const keywords = ["SELECT", "FROM", "WHERE", "ORDER", "INSERT", "INTO", "VALUES", "UPDATE", "SET", "DELETE", "JOIN"];

/** Each class of seeded faults, with its mutator and the number of faults in the corpus. */
const mutators: readonly (readonly [name: string, count: number, mutator: Mutator])[] = [
  ["misspelt column", 40, misspeltColumn],
  ["misspelt table", 20, misspeltTable],
  ["misspelt keyword", 12, misspeltKeyword],
  ["missing comma or bracket", 14, missingSymbol],
  ["column dropped from SELECT", 16, droppedItem],
  ["wrong parameter name in the SQL", 14, renamedParameter],
  ["condition dropped from WHERE", 10, droppedCondition],
  ["NOT NULL column missing from INSERT", 12, droppedInsertColumn],
  ["wrong count of INSERT values", 10, droppedInsertValue],
];

/** The seeded faults in texts. The same seed and the same sources give the same faults. */
export function queryFaults(subjects: readonly Subject[], catalog: Catalog, random: Random): SqlFault[] {
  return mutators.flatMap(([name, count, mutator]) => {
    const faults: SqlFault[] = [];
    const seen = new Set<string>();
    for (let attempt = 0; faults.length < count && attempt < count * 200; attempt += 1) {
      const subject = random.pick(subjects);
      const mutation = mutator(subject, random, catalog);
      if (mutation === null || seen.has(mutation.sql)) continue;
      seen.add(mutation.sql);
      const id = `${name.replaceAll(" ", "-")}-${String(faults.length + 1).padStart(2, "0")}`;
      faults.push({ kind: "query", id, class: name, subject, use: null, ...mutation });
    }
    return faults;
  });
}

/** The words of a subject that name a column of one of its tables; names after AS are the author's own. */
function columnTokens(subject: Subject, catalog: Catalog): Token[] {
  const tokens = meaningful(tokenize(subject.sql));
  const columns = new Set(
    tablesOf(subject, catalog).flatMap((table) => [...(catalog.get(table)?.columns.keys() ?? [])]),
  );
  return tokens.filter(
    (token, index) =>
      token.kind === "word" &&
      columns.has(token.text) &&
      !isWord(tokens[index - 1], "AS") &&
      !isSymbol(tokens[index + 1], "("),
  );
}

/** The tables that a subject names. */
export function tablesOf(subject: Subject, catalog: Catalog): string[] {
  return [...new Set(tableTokens(subject, catalog).map((token) => token.text))];
}

function tableTokens(subject: Subject, catalog: Catalog): Token[] {
  const tokens = meaningful(tokenize(subject.sql));
  return tokens.filter(
    (token, index) =>
      token.kind === "word" &&
      catalog.has(token.text) &&
      ["FROM", "JOIN", "INTO", "UPDATE"].some((word) => isWord(tokens[index - 1], word)),
  );
}

function replaced(sql: string, token: Token, text: string): string {
  return sql.slice(0, token.offset) + text + sql.slice(token.offset + token.text.length);
}

/** A typo; never a name that exists elsewhere, which would be another valid program. */
function misspelt(name: string, random: Random, catalog: Catalog): string | null {
  const at = random.below(name.length - 1);
  const slips = [
    name.slice(0, at) + name.slice(at + 1),
    name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2),
    name.slice(0, at + 1) + name.slice(at),
  ];
  const slip = random.pick(slips);
  const known = catalog.has(slip) || [...catalog.values()].some((table) => table.columns.has(slip));
  return known || slip === name || slip.length < 3 ? null : slip;
}

function misspeltColumn(subject: Subject, random: Random, catalog: Catalog): Mutation | null {
  const tokens = columnTokens(subject, catalog).filter((token) => token.text.length > 3);
  if (tokens.length === 0) return null;
  const token = random.pick(tokens);
  const slip = misspelt(token.text, random, catalog);
  return slip === null ? null : { sql: replaced(subject.sql, token, slip), changed: `column ${token.text} as ${slip}` };
}

function misspeltTable(subject: Subject, random: Random, catalog: Catalog): Mutation | null {
  const tokens = tableTokens(subject, catalog);
  if (tokens.length === 0) return null;
  const token = random.pick(tokens);
  const slip = misspelt(token.text, random, catalog);
  return slip === null ? null : { sql: replaced(subject.sql, token, slip), changed: `table ${token.text} as ${slip}` };
}

function misspeltKeyword(subject: Subject, random: Random, catalog: Catalog): Mutation | null {
  const tokens = meaningful(tokenize(subject.sql)).filter((token) => keywords.some((word) => isWord(token, word)));
  if (tokens.length === 0) return null;
  const token = random.pick(tokens);
  const slip = misspelt(token.text, random, catalog);
  return slip === null ? null : { sql: replaced(subject.sql, token, slip), changed: `${token.text} as ${slip}` };
}

function missingSymbol(subject: Subject, random: Random): Mutation | null {
  const tokens = tokenize(subject.sql).filter((token) => [",", "(", ")"].some((symbol) => isSymbol(token, symbol)));
  if (tokens.length === 0) return null;
  const token = random.pick(tokens);
  return { sql: replaced(subject.sql, token, ""), changed: `'${token.text}' left out at ${token.offset}` };
}

/** The items between a start and an end, split at commas of the same depth, as ranges of the text. */
function listAfter(sql: string, from: number, ends: readonly string[]): { from: number; to: number }[] {
  const items: { from: number; to: number }[] = [];
  let depth = 0;
  let start = from;
  for (const token of meaningful(tokenize(sql)).filter(({ offset }) => offset >= from)) {
    if (depth === 0 && (ends.some((end) => isWord(token, end) || isSymbol(token, end)) || isSymbol(token, ","))) {
      items.push({ from: start, to: token.offset });
      start = token.offset + token.text.length;
      if (!isSymbol(token, ",")) return items;
    }
    if (isSymbol(token, "(")) depth += 1;
    if (isSymbol(token, ")")) depth -= 1;
  }
  return items;
}

function without(sql: string, items: readonly { from: number; to: number }[], index: number): string {
  const item = items[index];
  if (item === undefined) return sql;
  // With its comma: the one before it, or for the first item the one after.
  return index === 0
    ? sql.slice(0, item.from) + sql.slice(item.to + 1)
    : sql.slice(0, item.from - 1) + sql.slice(item.to);
}

function droppedItem(subject: Subject, random: Random): Mutation | null {
  const start = /^\s*SELECT\b/.exec(subject.sql);
  if (start === null || /UNION/.test(subject.sql)) return null;
  const items = listAfter(subject.sql, start[0].length, ["FROM"]);
  if (items.length < 2) return null;
  const index = random.below(items.length);
  const text = subject.sql.slice(items[index]?.from, items[index]?.to).trim();
  return { sql: without(subject.sql, items, index), changed: `${text} is no longer selected` };
}

function renamedParameter(subject: Subject, random: Random, catalog: Catalog): Mutation | null {
  const tokens = tokenize(subject.sql).filter((token) => token.kind === "parameter");
  if (tokens.length === 0) return null;
  const token = random.pick(tokens);
  const name = /^:\w+/.exec(token.text)?.[0].slice(1) ?? "";
  // A name that is used twice would remain; renaming one use would add a parameter, which is also a fault.
  const slip = name.length < 4 ? `${name}_of_it` : misspelt(name, random, catalog);
  if (slip === null) return null;
  return { sql: replaced(subject.sql, token, token.text.replace(name, slip)), changed: `:${name} as :${slip}` };
}

function droppedCondition(subject: Subject): Mutation | null {
  const match = /\s+WHERE \w+ (?:=|IN) (?::\w+|\(:\w+\.\.\.\))(?= *$)/m.exec(subject.sql);
  if (match === null || /SELECT[\s\S]*SELECT/.test(subject.sql)) return null;
  return {
    sql: subject.sql.slice(0, match.index) + subject.sql.slice(match.index + match[0].length),
    changed: `'${match[0].trim()}' is gone`,
  };
}

interface Insert {
  readonly columns: { from: number; to: number }[];
  readonly values: { from: number; to: number }[];
  readonly table: string;
}

function insertOf({ sql }: Subject): Insert | null {
  const head = /^\s*INSERT INTO (\w+)\s*\(/.exec(sql);
  const values = /\bVALUES\s*\(/.exec(sql);
  if (head === null || values === null) return null;
  return {
    table: head[1] ?? "",
    columns: listAfter(sql, head[0].length, [")"]),
    values: listAfter(sql, values.index + values[0].length, [")"]),
  };
}

function droppedInsertColumn(subject: Subject, random: Random, catalog: Catalog): Mutation | null {
  const insert = insertOf(subject);
  if (insert === null) return null;
  const names = insert.columns.map(({ from, to }) => subject.sql.slice(from, to).trim());
  const columns = catalog.get(insert.table)?.columns;
  const needed = names.filter((name) => columns?.get(name)?.hasDefault === false);
  if (needed.length === 0) return null;
  const name = random.pick(needed);
  const index = names.indexOf(name);
  // The value first: it comes later in the text, so the position of the column does not change.
  const shorter = without(subject.sql, insert.values, index);
  const sql = without(shorter, insert.columns, index);
  const changed = `${insert.table}.${name} is not inserted`;
  const value = insert.values[index];
  const parameter = /^:(\w+)/.exec(subject.sql.slice(value?.from, value?.to).trim())?.[1];
  return parameter === undefined ? { sql, changed } : { sql, changed, use: { kind: "omit", parameter } };
}

function droppedInsertValue(subject: Subject, random: Random): Mutation | null {
  const insert = insertOf(subject);
  if (insert === null || insert.values.length < 2) return null;
  const index = random.below(insert.values.length);
  const value = subject.sql.slice(insert.values[index]?.from, insert.values[index]?.to).trim();
  return { sql: without(subject.sql, insert.values, index), changed: `value ${value} left out` };
}
