import type { Finding } from "../parse/finding.ts";
import { insertRows } from "../parse/parameter-places.ts";
import { conflictClause, type Statement } from "../parse/statement.ts";
import { isWord } from "../parse/tokenize.ts";

/** Divergences in how the engines handle an INSERT whose key already exists. */
export function lintUpsert(statement: Statement): Finding[] {
  const { tokens } = statement;
  const [first] = tokens;
  if (first !== undefined && isWord(first, "REPLACE"))
    return [
      finding(
        first.offset,
        "REPLACE deletes the old row first: MariaDB then refuses where other rows refer to it, SQLite does not; " +
          "write ON CONFLICT (key) DO UPDATE SET ..",
      ),
    ];
  const conflict = statement.kind === "insert" ? conflictClause(tokens) : null;
  if (conflict === null) return [];
  const findings: Finding[] = [];
  if (!tokens.some((token) => isWord(token, "VALUES")))
    findings.push(
      finding(
        conflict.offset,
        "INSERT .. SELECT .. ON CONFLICT: MariaDB does not report how many rows it stored; select first, then INSERT .. VALUES",
      ),
    );
  const nothing = tokens.findIndex((token, index) => isWord(token, "DO") && isWord(tokens[index + 1], "NOTHING"));
  if (nothing !== -1 && statement.returning !== -1)
    findings.push(
      finding(
        conflict.offset,
        "DO NOTHING .. RETURNING returns the existing row on MariaDB and no row on SQLite: leave out RETURNING",
      ),
    );
  return findings;
}

function finding(offset: number, message: string): Finding {
  return { offset, message };
}

/** How many rows an upsert is given; null for any other statement. */
export function upsertedRows(statement: Statement): number | null {
  const { tokens } = statement;
  const upsert = tokens.some(
    (token, index) =>
      isWord(token, "ON") && (isWord(tokens[index + 1], "CONFLICT") || isWord(tokens[index + 1], "DUPLICATE")),
  );
  const values = tokens.some((token) => isWord(token, "VALUES"));
  return statement.kind === "insert" && upsert && values ? insertRows(tokens).length : null;
}
