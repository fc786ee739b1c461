import { post } from "./check.ts";

/** Bodies that make a careless parser do too much work for their size. */
const shapes: Readonly<Record<string, (size: number) => string>> = {
  "lists in lists": (size) => "[".repeat(size),
  "objects in objects": (size) => '{"a":'.repeat(size / 5),
  "one long number": (size) => `{"a":${"9".repeat(size)}}`,
  "a long fraction": (size) => `{"a":0.${"1".repeat(size)}}`,
  "one long text": (size) => `{"a":"${"x".repeat(size)}"}`,
  "a text without an end": (size) => `{"a":"${"x".repeat(size)}`,
  "a text of escapes": (size) => `{"a":"${"\\u0041".repeat(size / 6)}"}`,
  "escaped backslashes": (size) => `{"a":"${"\\\\".repeat(size / 2)}"}`,
  "white space": (size) => `${" ".repeat(size)}{}`,
  "white space without an end": (size) => `{"a":${" ".repeat(size)}`,
  "a list of zeros": (size) => `{"a":[${"0,".repeat(size / 2)}0]}`,
  "a list of lists": (size) => `{"a":[${"[],".repeat(size / 3)}[]]}`,
  "many objects of many keys": (size) => `{"a":[${`{${manyKeys()}},`.repeat(size / 2300)}{}]}`,
  "many faults": (size) => `{"a":[${'{"b":'.repeat(10)}${"}".repeat(10)}],${"1,".repeat(size / 2)}`,
  "unknown details": (size) => `{"order_details":[${'{"x":1},'.repeat(size / 8)}{}]}`,
};

function manyKeys(): string {
  return Array.from({ length: 200 }, (_, index) => `"key${index}":1`).join(",");
}

const small = 60_000;
const growth = 4;
const tries = 5;
/** Four times the size takes a linear parser 4 times as long, and a quadratic one 16 times. */
const mostGrowth = 10;
/** Compared with a plain list of numbers of the same size, which is a fair amount of work. */
const mostRatio = 10;
const plain = `{"a":[${"1234567,".repeat((small * growth) / 8)}0]}`;

/** How often a shape is measured before it counts as slow: another program may have used the machine. */
const attempts = 4;

/** Compares every shape with a plain body of the same size, and with itself at a quarter of the size. */
export async function checkStalls(
  url: string,
): Promise<{ readonly broken: readonly string[]; readonly slowestMs: number }> {
  const broken: string[] = [];
  let slowestMs = 0;
  for (const [name, make] of Object.entries(shapes)) {
    let measured = await measure(url, make);
    for (let attempt = 1; measured.words !== null && attempt < attempts; attempt += 1)
      measured = await measure(url, make);
    slowestMs = Math.max(slowestMs, measured.largeMs);
    if (measured.words !== null) broken.push(`${name}: ${measured.words}`);
  }
  return { broken, slowestMs };
}

async function measure(url: string, make: (size: number) => string) {
  const plainMs = await quickest(url, plain);
  const smallMs = await quickest(url, make(small));
  const largeMs = await quickest(url, make(small * growth));
  const [grown, ratio] = [largeMs / smallMs, largeMs / plainMs];
  // A shape that is as fast as the plain body is fast, however it grew from nearly nothing.
  const isSquare = ratio > 3 && grown > mostGrowth;
  const words = isSquare
    ? `${growth} times the size takes ${grown.toFixed(1)} times as long`
    : ratio > mostRatio
      ? `takes ${ratio.toFixed(1)} times as long as a plain list of the same size`
      : null;
  return { largeMs, words };
}

/** The fastest of several: other work of the machine can only make a run slower. */
async function quickest(url: string, body: string): Promise<number> {
  const bytes = new TextEncoder().encode(body);
  let bestMs = Number.POSITIVE_INFINITY;
  for (let count = 0; count < tries; count += 1)
    bestMs = Math.min(bestMs, (await post(url, "/api/orders?dry_run=1", bytes)).tookMs);
  return bestMs;
}
