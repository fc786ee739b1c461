import { isSymbol, isWord, nameIn } from "../../../sqlproof/src/check/parse/tokenize.ts";
import type { Catalog, Table } from "../../../sqlproof/src/check/types/catalog.ts";
import { type Mutation, mutation, place, replaced, words } from "../mutation.ts";
import { endOf, isOneOf, type Range, split, type Text } from "../text.ts";
import { tablesOf } from "./names.ts";

interface Assigned {
  readonly column: string;
  readonly value: Range;
  /** The tokens that go when it is dropped, with the place of its name in an INSERT. */
  readonly parts: readonly Range[];
}

/** A value that is not stored, and two columns of one type that each get the other's value. */
export function assignments(text: Text, catalog: Catalog): Mutation[] {
  const target = tablesOf(text, catalog)[0]?.table;
  if (target === undefined) return [];
  return [...sets(text), ...inserted(text)].flatMap((list) => [...dropped(text, list), ...swapped(text, target, list)]);
}

/** The assignments of each SET. */
function sets(text: Text): Assigned[][] {
  return text.tokens.flatMap((token, index) => {
    if (!isWord(token, "SET")) return [];
    const end = endOf(text, index + 1, (next) => isOneOf(next, ["WHERE", "RETURNING"]));
    const parts = split(text, index + 1, end, (at) => isSymbol(text.tokens[at], ","));
    return [
      parts.map((part) => ({
        column: nameIn(text.tokens[part.from]) ?? "",
        value: { from: part.from + 2, to: part.to },
        parts: [part],
      })),
    ];
  });
}

/** The columns of an INSERT with their values or selected expressions. */
function inserted(text: Text): Assigned[][] {
  const into = text.tokens.findIndex((token) => isWord(token, "INTO"));
  if (into === -1 || !isSymbol(text.tokens[into + 2], "(")) return [];
  const names = listIn(text, into + 2);
  const close = names.at(-1)?.to ?? 0;
  const after = text.tokens[close + 1];
  const values = isWord(after, "VALUES")
    ? listIn(text, close + 2)
    : isWord(after, "SELECT")
      ? split(
          text,
          close + 2,
          endOf(text, close + 2, (token) => isOneOf(token, ["FROM", "WHERE"])),
          (at) => isSymbol(text.tokens[at], ","),
        )
      : [];
  if (values.length !== names.length) return [];
  return [
    names.flatMap((name, index) => {
      const value = values[index];
      return value === undefined ? [] : [{ column: nameIn(text.tokens[name.from]) ?? "", value, parts: [name, value] }];
    }),
  ];
}

function listIn(text: Text, open: number): Range[] {
  const end = endOf(text, open + 1, () => false);
  return split(text, open + 1, end, (at) => isSymbol(text.tokens[at], ","));
}

function dropped(text: Text, list: readonly Assigned[]): Mutation[] {
  if (list.length < 2) return [];
  return list.map(({ column, parts }) =>
    mutation(
      text,
      "assignment",
      `${column} not stored`,
      parts.map((part) => ({ ...withComma(text, part), text: "" })),
    ),
  );
}

/** A part with the comma behind it, or before it when it is the last. */
function withComma(text: Text, part: Range): { from: number; to: number } {
  const own = place(text, part);
  if (isSymbol(text.tokens[part.to], ",")) return { from: own.from, to: text.tokens[part.to + 1]?.offset ?? own.to };
  const comma = text.tokens[part.from - 1];
  return { from: comma !== undefined && isSymbol(comma, ",") ? comma.offset : own.from, to: own.to };
}

function swapped(text: Text, target: Table, list: readonly Assigned[]): Mutation[] {
  return list.flatMap((one, index) => {
    const type = target.columns.get(one.column)?.type;
    const other = list.slice(index + 1).find(({ column }) => target.columns.get(column)?.type === type);
    if (other === undefined || words(text, one.value) === words(text, other.value)) return [];
    const edits = [
      replaced(text, one.value, words(text, other.value)),
      replaced(text, other.value, words(text, one.value)),
    ];
    return [mutation(text, "assignment", `values of ${one.column} and ${other.column} swapped`, edits)];
  });
}
