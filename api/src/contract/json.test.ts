import { describe, expect, test } from "bun:test";
import { ApiError } from "./answer.ts";
import { type Json, JsonNumber, readJson } from "./json.ts";

const read = (text: string) => readJson(new TextEncoder().encode(text));

/** The parsed JSON as plain values, with numbers as `{ number }`. */
function plain(json: Json): unknown {
  if (json instanceof JsonNumber) return { number: json.text };
  if (json instanceof Map) return Object.fromEntries([...json].map(([key, value]) => [`.${key}`, plain(value)]));
  return Array.isArray(json) ? json.map(plain) : json;
}

function refused(bytes: Uint8Array): boolean {
  try {
    readJson(bytes);
    return false;
  } catch (error) {
    return error instanceof ApiError && error.code === "malformed-json";
  }
}

describe("strict JSON", () => {
  test("reads valid JSON and leaves numbers as they were written", () => {
    const text = ' {"a":[1,-0.50,1e400,true,false,null],"b":{"\\u0041\\n\\/\\ud83e\\uddc0":"é"},"":0}\r\n\t';
    expect(plain(read(text))).toEqual({
      ".a": [{ number: "1" }, { number: "-0.50" }, { number: "1e400" }, true, false, null],
      ".b": { ".A\n/🧀": "é" },
      ".": { number: "0" },
    });
  });

  test("treats __proto__ like any other key", () => {
    const json = read('{"__proto__":{"polluted":true}}');
    expect(json instanceof Map && json.has("__proto__")).toBe(true);
    expect("polluted" in {}).toBe(false);
  });

  const wrong = [
    ...[
      "",
      " ",
      "{",
      "[",
      '{"a"',
      '{"a":',
      '{"a":1',
      '{"a":1,',
      '{"a":1,}',
      "[1,]",
      "[1 2]",
      "{,}",
      "[,]",
      '"',
      '"\\',
      '"\\u12',
      "tru",
    ],
    ...[
      "01",
      "+1",
      "1.",
      ".5",
      "-",
      "1e",
      "NaN",
      "Infinity",
      "-Infinity",
      "0x1",
      "1_000",
      "'a'",
      "{a:1}",
      "undefined",
      "//\n1",
      "/**/1",
    ],
    ...[
      "1 2",
      "{} x",
      "null,",
      '{"a":1}{"b":2}',
      '{"a":1,"a":1}',
      '{"a":1,"\\u0061":2}',
      '"\t"',
      '"\n"',
      '"\\x41"',
      '"\\U0041"',
    ],
    ...["\u00a01", "\ufeff{}", "\u20281", `${"[".repeat(17)}${"]".repeat(17)}`, "[".repeat(200_000)],
    `{${Array.from({ length: 201 }, (_, index) => `"k${index}":1`).join(",")}}`,
  ];
  for (const text of wrong)
    test(`refuses ${JSON.stringify(text.slice(0, 30))}`, () =>
      expect(refused(new TextEncoder().encode(text))).toBe(true));

  test("refuses bytes that are not UTF-8", () => {
    for (const bytes of [
      [0x22, 0xff, 0x22],
      [0x22, 0xc0, 0xaf, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
      [0x22, 0xe2, 0x82, 0x22],
    ])
      expect(refused(Uint8Array.from(bytes))).toBe(true);
  });

  test("allows exactly 16 levels and 200 keys", () => {
    read(`${"[".repeat(16)}${"]".repeat(16)}`);
    read(`{${Array.from({ length: 200 }, (_, index) => `"k${index}":1`).join(",")}}`);
  });

  test("agrees with JSON.parse on values that both can represent", () => {
    const values = [0, "", [], {}, [[[]]], { a: { b: [1, "x", null] } }, "\u2028\u007f", [true, false]];
    for (const value of values) expect(simple(read(JSON.stringify(value)))).toEqual(value);
  });
});

function simple(json: Json): unknown {
  if (json instanceof JsonNumber) return Number(json.text);
  if (json instanceof Map) return Object.fromEntries([...json].map(([key, value]) => [key, simple(value)]));
  return Array.isArray(json) ? json.map(simple) : json;
}
