import { malformed } from "./malformed.ts";

/** One body, sent as the dry run of a new customer, and its answer. */
export interface Case {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly status: number;
  readonly code: string | null;
}

/** JSON texts that are no customer, each for a different reason. */
const wellFormed: readonly (readonly [text: string, code: string])[] = [
  ...[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "-1",
    "10",
    "1.5",
    "-0.0",
    "1e5",
    "1E5",
    "1e+5",
    "1e-5",
    "0e0",
    "1.25E-2",
  ],
  ...[
    "1e400",
    "-1e400",
    "1e-400",
    "9007199254740993",
    "9223372036854775808",
    "18446744073709551616",
    `${"9".repeat(500)}`,
  ],
  ...[
    `0.${"1".repeat(500)}`,
    '""',
    '"a"',
    '" "',
    '"\\u0061"',
    '"\\"\\\\\\/\\b\\f\\n\\r\\t"',
    '"\\ud83e\\uddc0"',
    '"🧀"',
  ],
  ...[
    '"\\u0000"',
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"\\uFFFE"',
    '"\u007f"',
    '"\u2028\u2029"',
    '"\\u2028"',
    "[]",
    "[ ]",
    "[[]]",
  ],
  ...[
    "[null]",
    "[1,2]",
    "[1 , 2]",
    '[""]',
    " [] ",
    "\t\r\n[]\n\r\t",
    "[1,\n1\n,1]",
    "[{}]",
    '[{"a":{}}]',
    "[".repeat(16) + "]".repeat(16),
  ],
].map((text) => (typeof text === "string" ? ([text, "type"] as const) : text));

const objects: readonly (readonly [text: string, code: string | null])[] = [
  ["{}", "rule"],
  [" { } ", "rule"],
  ['{"company":"A"}', null],
  ['{"company":"A"}\n', null],
  ['\r\n{"company"\t:\n"A"}', null],
  ['{"c\\u006fmpany":"A"}', null],
  ['{"company":"\\u0041\\u030a"}', null],
  ['{"company":"A","notes":"a\\nb"}', null],
  ['{"company":"a\\nb"}', "text"],
  ['{"company":"\\u0000"}', "text"],
  ['{"company":"\\ud800"}', "text"],
  ['{"company":"\\udc00"}', "text"],
  ['{"company":"\\ud800\\u0041"}', "text"],
  ['{"company":"\\udc00\\ud800"}', "text"],
  ['{"company":"\\u202e"}', "text"],
  ['{"company":"\u0085"}', "text"],
  ['{"company":0}', "type"],
  ['{"company":false}', "type"],
  ['{"company":[]}', "type"],
  ['{"company":{}}', "type"],
  ['{"company":1e400}', "type"],
  ['{"company":"A","":1}', "unknown-field"],
  ['{"company":"A","__proto__":{"notes":"x"}}', "unknown-field"],
  ['{"company":"A","constructor":1}', "unknown-field"],
  ['{"company":"A","toString":1}', "unknown-field"],
  ['{"company":"A","hasOwnProperty":1}', "unknown-field"],
  ['{"company":"A","Company":"B"}', "unknown-field"],
  ['{"company":"A","company ":"B"}', "unknown-field"],
  ['{"company":"A","company\\u0000":"B"}', "unknown-field"],
  ['{"company":"A","\\ud800":"B"}', "unknown-field"],
  ['{"company":"A","id":1}', "read-only"],
  ['{"__proto__":null}', "unknown-field"],
  [`{"company":"A","x":${"[".repeat(15)}${"]".repeat(15)}}`, "unknown-field"],
  [`{${Array.from({ length: 200 }, (_, index) => `"k${index}":0`).join(",")}}`, "unknown-field"],
];

/** Bytes that are never UTF-8. */
const noUtf8: readonly (readonly number[])[] = [
  ...[
    [0x80],
    [0xbf],
    [0xc0, 0x80],
    [0xc1, 0xbf],
    [0xc2],
    [0xe0, 0x80, 0x80],
    [0xe2, 0x82],
    [0xed, 0xa0, 0x80],
    [0xed, 0xbf, 0xbf],
  ],
  ...[
    [0xf0, 0x80, 0x80, 0x80],
    [0xf0, 0x9f, 0xa7],
    [0xf4, 0x90, 0x80, 0x80],
    [0xf5, 0x80, 0x80, 0x80],
    [0xf8, 0x88, 0x80, 0x80, 0x80],
  ],
  ...[
    [0xfe],
    [0xff],
    [0xff, 0xfe],
    [0xfe, 0xff],
    [0xe9],
    [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
    [0xc3, 0x28],
    [0x00, 0x7b, 0x00, 0x7d],
  ],
];

const encoder = new TextEncoder();

/** Every case. */
export function allCases(): readonly Case[] {
  const named = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}... (${text.length})` : text);
  const good = [...wellFormed, ...objects].map(([text, code]) => {
    return { name: named(text), bytes: encoder.encode(text), status: code === null ? 200 : 422, code };
  });
  const refused = { status: 400, code: "malformed-json" } as const;
  const bad = malformed.map((text) => ({ name: named(text), bytes: encoder.encode(text), ...refused }));
  const noText = noUtf8.flatMap((bytes) =>
    [['{"company":"', '"}'] as const, ["", ""] as const].map(([before, after]) => ({
      name: `${before}${bytes.map((byte) => byte.toString(16)).join(" ")}${after}`,
      bytes: Uint8Array.from([...encoder.encode(before), ...bytes, ...encoder.encode(after)]),
      ...refused,
    })),
  );
  return [...good, ...bad, ...noText];
}
