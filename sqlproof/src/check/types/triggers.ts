// Triggers as the engines' catalogs show them, and what their texts write. A routine that a text calls may write anything.
export type TriggerEvent = "INSERT" | "UPDATE" | "DELETE";

/** A write in the text of a trigger. */
export interface TriggerWrite {
  readonly event: TriggerEvent;
  readonly table: string;
  /** The columns that an UPDATE sets; null when the text does not say. */
  readonly columns: readonly string[] | null;
}

export interface Trigger {
  readonly name: string;
  readonly event: TriggerEvent;
  readonly timing: "BEFORE" | "AFTER" | "INSTEAD OF";
  /** The columns of `UPDATE OF`, which SQLite has; null when any column counts. */
  readonly of: readonly string[] | null;
  readonly writes: readonly TriggerWrite[];
  /** The columns of its own row that it sets, with MariaDB's SET NEW.column. */
  readonly sets: readonly string[];
  /** True when it may refuse the row: with SIGNAL or RAISE, or in a routine that it calls. */
  readonly guards: boolean;
}

/** True when an UPDATE of these columns, or of any where they are null, lets the trigger run. */
export function runsFor({ of }: Trigger, columns: readonly string[] | null): boolean {
  return of === null || columns === null || columns.some((column) => isIn(of, column));
}

/** What a trigger writes, and what the triggers write that this lets run. */
export function writesThrough(
  { writes }: Trigger,
  triggersOf: (table: string) => readonly Trigger[],
): readonly TriggerWrite[] {
  const found = new Set(writes);
  for (const { table, event, columns } of found)
    for (const trigger of triggersOf(table))
      if (trigger.event === event && runsFor(trigger, columns)) for (const write of trigger.writes) found.add(write);
  return [...found];
}

/** Names of both engines' columns are equal in capitals or not. */
export function isIn(names: readonly string[], name: string): boolean {
  return names.some((one) => one.toLowerCase() === name.toLowerCase());
}

/** A trigger of MariaDB, by its row of information_schema. */
export function mariadbTrigger(row: Readonly<Record<string, unknown>>, tables: readonly string[]): Trigger {
  const words = wordsOf(String(row.body));
  return {
    name: String(row.name),
    event: eventOf(String(row.event)),
    timing: String(row.timing) === "BEFORE" ? "BEFORE" : "AFTER",
    of: null,
    writes: writesOf(words, tables),
    sets: ownColumns(words),
    guards: words.some((word) => ["SIGNAL", "CALL"].includes(word.toUpperCase())),
  };
}

/** A trigger of SQLite, by its `CREATE TRIGGER name BEFORE UPDATE OF a, b ON t WHEN .. BEGIN .. END`. */
export function sqliteTrigger(name: string, sql: string, tables: readonly string[]): Trigger {
  const words = wordsOf(sql);
  const on = words.findIndex(isWord("ON"));
  const head = words.slice(0, on);
  // The trigger's own name may be one of these words, and stands before them.
  const at = head.findLastIndex((word) => ["INSERT", "UPDATE", "DELETE"].some((event) => isWord(event)(word)));
  const timing = head[at - 1]?.toUpperCase();
  const of = head.slice(at + 1).filter((word) => word !== "," && !isWord("OF")(word));
  const begin = words.findIndex(isWord("BEGIN"));
  return {
    name,
    event: eventOf(head[at] ?? ""),
    timing: timing === "AFTER" ? "AFTER" : timing === "OF" ? "INSTEAD OF" : "BEFORE",
    of: of.length === 0 ? null : of.map(unquoted),
    writes: writesOf(words.slice(begin + 1), tables),
    sets: [],
    guards: words.some((word, index) => isWord("RAISE")(word) && words[index + 1] === "("),
  };
}

function eventOf(word: string): TriggerEvent {
  const name = word.toUpperCase();
  return name === "INSERT" || name === "DELETE" ? name : "UPDATE";
}

const pattern =
  /'(?:[^']|'')*'|--(?=\s)[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|`[^`]*`|"[^"]*"|\[[^\]]*\]|[\p{L}\p{N}_$]+|[^\s]/gu;

/** Names, words and symbols, without texts and comments. */
function wordsOf(text: string): readonly string[] {
  return (text.match(pattern) ?? []).filter((word) => !/^('|--|#|\/\*)/.test(word));
}

const isWord =
  (name: string) =>
  (word: string | undefined): boolean =>
    word?.toUpperCase() === name;

function unquoted(word: string): string {
  return /^[`"[]/.test(word) ? word.slice(1, -1) : word;
}

/** The writes of a body, in their order. A name that is also a column's may count as a table, never the reverse. */
function writesOf(words: readonly string[], tables: readonly string[]): readonly TriggerWrite[] {
  const writes: TriggerWrite[] = [];
  const named = (part: readonly string[]): string[] => tables.filter((table) => isIn(part.map(unquoted), table));
  const upTo = (from: number, ends: readonly string[]): readonly string[] => {
    const end = words.findIndex((word, index) => index >= from && ends.includes(word.toUpperCase()));
    return words.slice(from, end === -1 ? undefined : end);
  };
  let inserted: readonly string[] = [];
  for (const [index, word] of words.entries()) {
    const before = words[index - 1]?.toUpperCase() ?? "";
    // A function of this name, and the second word of INSERT OR REPLACE.
    if (words[index + 1] === "(" || before === "OR") continue;
    switch (word.toUpperCase()) {
      case "INSERT":
      case "REPLACE": {
        const head = upTo(index, ["(", ";", "VALUES", "VALUE", "SELECT", "SET", "DEFAULT"]);
        inserted = named(head);
        writes.push(...inserted.map((table): TriggerWrite => ({ event: "INSERT", table, columns: null })));
        if (head.some(isWord("REPLACE")))
          writes.push(...inserted.map((table): TriggerWrite => ({ event: "DELETE", table, columns: null })));
        break;
      }
      case "UPDATE": {
        if (before === "FOR") break;
        const goesOn = before === "KEY" || before === "DO";
        const head = goesOn ? [] : upTo(index, ["SET", ";"]);
        const columns = assigned(upTo(index + head.length, [";", "WHERE"]));
        writes.push(
          ...(goesOn ? inserted : named(head)).map((table): TriggerWrite => ({ event: "UPDATE", table, columns })),
        );
        break;
      }
      case "DELETE":
        writes.push(
          ...named(upTo(index, ["WHERE", "USING", ";"])).map(
            (table): TriggerWrite => ({ event: "DELETE", table, columns: null }),
          ),
        );
        break;
      case "CALL":
        for (const event of ["INSERT", "UPDATE", "DELETE"] as const)
          writes.push(...tables.map((table) => ({ event, table, columns: null })));
        break;
    }
  }
  return writes;
}

/** The names behind `SET NEW.` and `, NEW.`, before an `=`. */
function ownColumns(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const isFirst = isWord("SET")(words[index - 1]) || words[index - 1] === ",";
    const [dot, name = "", colon, equals] = words.slice(index + 1);
    const isSet = colon === "=" || (colon === ":" && equals === "=");
    return isFirst && isWord("NEW")(word) && dot === "." && isSet ? [unquoted(name)] : [];
  });
}

/** The names before each `=` of SET; those that are compared in it count, too. */
function assigned(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => (words[index + 1] === "=" ? [unquoted(word)] : []));
}
