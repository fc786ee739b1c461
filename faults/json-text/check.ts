// Row I3: texts that are or are not JSON, sent as a request body, each with its exact status and code.
// A second, plain reader (reference.ts) knows the answer to every mutation.
import type { Random } from "../load/random.ts";
import type { Json, JsonObject } from "../model/company.ts";
import { isObject, readObject } from "../model/fields.ts";
import type { Issue } from "../model/refusal.ts";
import { contactForms } from "../model/resources.ts";
import { allCases, type Case } from "./cases.ts";
import { numbers } from "./numbers.ts";
import { meaningOf } from "./reference.ts";

export interface Answered {
  readonly status: number;
  readonly body: JsonObject;
  readonly tookMs: number;
}

/** A dry run checks a customer like a real request, and stores nothing. */
const customerPath = "/api/customers?dry_run=1";

export async function post(url: string, path: string, bytes: Uint8Array): Promise<Answered> {
  const begin = performance.now();
  const response = await fetch(url + path, {
    method: "POST",
    body: bytes,
    headers: { "content-type": "application/json" },
  });
  const text = await response.text();
  const tookMs = performance.now() - begin;
  const body: Json = text.startsWith("{") ? JSON.parse(text) : null;
  return { status: response.status, body: isObject(body) ? body : {}, tookMs };
}

/** What is wrong with the answer to a case, or null. */
async function caseFault(url: string, { name, bytes, status, code }: Case): Promise<string | null> {
  const answer = await post(url, customerPath, bytes);
  const real = answer.body.code ?? null;
  if (answer.status === status && real === code) return null;
  return `${name} is answered ${answer.status} ${real}, not ${status} ${code}`;
}

/** Checks every case. */
export async function checkCases(url: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const one of allCases()) faults.push((await caseFault(url, one)) ?? "");
  return faults.filter((fault) => fault !== "");
}

/** Checks how written numbers are read, as an amount and as a count. */
export async function checkNumbers(url: string): Promise<readonly string[]> {
  const faults: string[] = [];
  const encoder = new TextEncoder();
  for (const [text, price, level] of numbers) {
    const read = async (member: string, expected: string | null) => {
      const body = encoder.encode(`{"product_name":"A","${member}":${text}}`);
      const { status, body: answer } = await post(url, "/api/products?dry_run=1", body);
      const data = isObject(answer.data) ? answer.data : {};
      const real = status === 200 ? `${data[member]}` : status === 422 ? null : `${status}`;
      if (real !== expected) faults.push(`${text.slice(0, 40)} as ${member} is read as ${real}, not ${expected}`);
    };
    await read("list_price", price);
    await read("reorder_level", level);
  }
  return faults;
}

/** A randomly changed case; the reference reader knows its answer. */
export function mutated(random: Random): Case {
  const cases = allCasesOnce;
  const { name, bytes } = cases[random.integer(0, cases.length - 1)] ?? { name: "", bytes: new Uint8Array() };
  let changed = bytes.length > 4096 ? bytes.slice(0, 4096) : bytes;
  for (let count = random.integer(1, 3); count > 0; count -= 1) changed = changedOnce(changed, random);
  return { name: `${name} changed to ${shown(changed)}`, bytes: changed, ...expectedOf(changed) };
}

const allCasesOnce = allCases();
const pieces = [
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  '"',
  "\\",
  "\\u0000",
  '"company"',
  '"company":"A"',
  "null",
  "1e400",
  "-0",
  "\u0000",
  "🧀",
  " ",
];

function changedOnce(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.integer(0, bytes.length);
  const [before, after] = [bytes.slice(0, at), bytes.slice(at)];
  const piece = new TextEncoder().encode(pieces[random.integer(0, pieces.length - 1)] ?? "");
  switch (random.integer(1, 5)) {
    case 1:
      return Uint8Array.from([...before, ...after.slice(1)]);
    case 2:
      return Uint8Array.from([...before, ...piece, ...after]);
    case 3:
      return Uint8Array.from([...before, random.integer(0, 255), ...after.slice(1)]);
    case 4:
      return before;
    default:
      return Uint8Array.from([...before, ...after.slice(0, 12), ...after]);
  }
}

function shown(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes).toString("latin1").slice(0, 200));
}

/** 400 for text that is no JSON; JSON is validated as a customer. */
export function expectedOf(bytes: Uint8Array): { readonly status: number; readonly code: string | null } {
  const meaning = meaningOf(bytes);
  if (meaning === null) return { status: 400, code: "malformed-json" };
  const faults: Issue[] = [];
  const { create, readOnly } = contactForms.customers;
  const fields = readObject(meaning.value, create, readOnly, "#", faults);
  const [first] = faults;
  if (first !== undefined) return { status: 422, code: first.code };
  const named = [fields?.company, fields?.first_name, fields?.last_name];
  const isNamed = named.some((part) => typeof part === "string" && part.trim() !== "");
  return isNamed ? { status: 200, code: null } : { status: 422, code: "rule" };
}

/** Checks mutations, each with its exact status, and returns what is wrong. */
export async function checkMutations(url: string, count: number, random: Random): Promise<readonly string[]> {
  const faults: string[] = [];
  for (let done = 0; done < count && faults.length < 5; done += 1) {
    const fault = await caseFault(url, mutated(random));
    if (fault !== null) faults.push(fault);
  }
  return faults;
}
