import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { meaningful, TokenError, tokenize } from "../src/check/parse/tokenize.ts";

const piece = fc.oneof(
  fc.constantFrom(
    "SELECT",
    "id",
    "o.id",
    "x",
    " ",
    "\n",
    ",",
    "(",
    ")",
    "=",
    "<=>",
    "||",
    "->>",
    "12",
    "1.5e3",
    "*",
    "<",
    ">=",
  ),
  fc.string({ maxLength: 8 }).map((text) => `'${text.replaceAll("'", "''")}'`),
  fc.string({ maxLength: 8 }).map((text) => `"${text.replaceAll('"', '""')}"`),
  fc.string({ maxLength: 8 }).map((text) => `/*${text.replaceAll(/[*!]/g, "")} */`),
  fc.string({ maxLength: 8 }).map((text) => `-- ${text.replaceAll("\n", "")}\n`),
  fc.constantFrom(":id", ":ids...", ":x::decimal(4)", ":x::text?", ":from", ":ids::integer..."),
);

describe("tokenize", () => {
  test("any mix of strings, names, comments and parameters: the tokens joined are the text", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const sql = pieces.join(" ");
        expect(
          tokenize(sql)
            .map((token) => token.text)
            .join(""),
        ).toBe(sql);
      }),
      { numRuns: 2000 },
    );
  });

  test("a colon inside a string, a name or a comment is not a parameter", () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 20 }),
        fc.constantFrom("':a'", '":a"', "/* :a */", "-- :a\n"),
        (pieces, hidden) => {
          const count = (sql: string): number => tokenize(sql).filter((token) => token.kind === "parameter").length;
          expect(count([...pieces, hidden].join(" "))).toBe(count(pieces.join(" ")));
        },
      ),
    );
  });

  test("an annotation ends before a bracket", () => {
    const tokens = meaningful(tokenize("COALESCE(x, :x::decimal(4))"));
    expect(tokens.map((token) => token.text)).toEqual(["COALESCE", "(", "x", ",", ":x::decimal(4)", ")"]);
    expect(tokens[4]).toMatchObject({ name: "x", annotation: { type: "decimal", scale: 4, nullable: false } });
  });

  test("an annotation without places leaves the closing bracket alone", () => {
    const tokens = meaningful(tokenize("(:x::text?)"));
    expect(tokens.map((token) => token.text)).toEqual(["(", ":x::text?", ")"]);
    expect(tokens[1]).toMatchObject({ annotation: { type: "text", nullable: true } });
  });

  for (const [sql, message] of [
    ["SELECT ?", "write parameters as :name"],
    ["SELECT $1", "write parameters as :name"],
    ["SELECT 1; SELECT 2", "one statement"],
    ["SELECT 'a", "never closed"],
    ['SELECT "a', "never closed"],
    ["SELECT : a", "must begin a parameter name"],
    ["SELECT :a::int", "is not a type"],
    ["SELECT :a::text(4)", "only decimal"],
    ["SELECT /*! 1 */", "executable comments"],
    ["SELECT 5--3", "a comment on SQLite only"],
    ["SELECT \\", "cannot be read"],
  ] as const)
    test(`refused: ${sql}`, () => {
      expect(() => tokenize(sql)).toThrow(TokenError);
      expect(() => tokenize(sql)).toThrow(message);
    });
});
