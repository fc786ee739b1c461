// Row I1: requests generated from the published OpenAPI document, valid and invalid, for every operation.
// document.ts reads the operations; schema.ts validates and generates values.
import { Random } from "../load/random.ts";
import type { Json } from "../model/company.ts";
import { isObject } from "../model/fields.ts";
import { Client, type Exchange } from "../model/json-client.ts";
import type { Result } from "../row.ts";
import { type Operation, type Parameter, readOperations } from "./document.ts";
import { faultOf, invalidValue, validValue, values } from "./schema.ts";

const mostBroken = 20;
/** Codes that depend on the data: whether a reference exists, what is sent back unchanged, what amounts add up to. */
const byTheData = /^(reference|rule|state|idempotency-mismatch|read-only|not-new|correction|discontinued|sort)$/;
/** A contact may keep any text as its e-mail address; the format in the document is for those who write a new one. */
const keptPlace = "#/email_address";
const amountPlace =
  /^#$|^#\/(purchase_)?order_details\/\d+$|\/(shipping_fee|taxes|quantity|unit_price|unit_cost|standard_cost|list_price)$/;

interface Sent {
  readonly operation: Operation;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly isValid: boolean;
  /** The name of the wrong part. */
  readonly wrong: string | null;
}

/** Sends requests generated from the document to every operation, half of them with one thing wrong. */
export async function checkByDocument(url: string, examples: number, seed: number): Promise<Result> {
  const random = new Random(seed);
  const client = new Client(url);
  const operations = readOperations();
  const broken: string[] = [];
  const statuses = new Map<number, number>();
  let cases = 0;
  const send = async (sent: Sent): Promise<Exchange> => {
    const { operation, path, headers, body, isValid } = sent;
    const exchange = await client.exchange({ method: operation.method, path, headers, body });
    cases += 1;
    statuses.set(exchange.status, (statuses.get(exchange.status) ?? 0) + 1);
    const fault = answerFault(operation, exchange) ?? (isValid ? acceptanceFault(exchange) : rejectionFault(exchange));
    if (fault !== null) broken.push(`--seed ${seed}: ${fault}: ${described(sent)} gave ${exchange.text.slice(0, 300)}`);
    return exchange;
  };
  for (const operation of operations)
    for (let example = 0; example < examples && broken.length < mostBroken; example += 1) {
      const exchange = await send(madeFrom(operation, random, "valid"));
      broken.push(...(await afterwards(client, operation, exchange)));
      const wrong = invalidForm(operation, random);
      if (wrong !== null) await send(wrong);
    }
  broken.push(...(await otherMethods(client, operations)));
  client.close();
  const counted = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count} x ${status}`);
  return {
    trials: cases,
    broken: broken.slice(0, mostBroken),
    figures: { "own cases": `${cases}`, answers: counted.join(", ") },
  };
}

function described({ operation, path, headers, body, wrong }: Sent): string {
  const what = wrong === null ? "" : `(wrong: ${wrong}) `;
  return `${what}${operation.method} ${path} ${JSON.stringify(headers)} ${(body ?? "").slice(0, 300)}`;
}

function madeFrom(operation: Operation, random: Random, kind: "valid" | "invalid", wrong?: string): Sent {
  const { parameters, body } = operation;
  const query: string[] = [];
  const headers: Record<string, string> = {};
  let path = operation.path;
  for (const parameter of parameters) {
    const { name, place, schema } = parameter;
    const isWrong = wrong === name;
    const [first = "", ...others] = isWrong ? wrongTexts(parameter) : [textOf(validValue(schema, random))];
    const value = random.pick([first, ...others]);
    // Existing ids are small; headers and filters are optional.
    if (place === "path")
      path = path.replace(`{${name}}`, isWrong ? encodeURIComponent(value) : `${random.integer(1, 8)}`);
    else if (place === "query" && (isWrong || random.integer(1, 5) === 1))
      query.push(`${name}=${encodeURIComponent(value)}`);
    else if (place === "header" && (isWrong || random.integer(1, 5) === 1)) headers[name] = value;
  }
  if (headers["Idempotency-Key"] !== undefined && wrong !== "Idempotency-Key")
    headers["Idempotency-Key"] = `${random.integer(0, 2 ** 31)}`;
  const value = body === null ? undefined : wrong === "body" ? invalidValue(body, random) : validValue(body, random);
  const isValid = kind === "valid" || (wrong === "body" && value === undefined);
  const sentBody = body === null ? null : JSON.stringify(value === undefined ? validValue(body, random) : value);
  return {
    operation,
    path: query.length === 0 ? path : `${path}?${query.join("&")}`,
    headers,
    body: sentBody,
    isValid,
    wrong: wrong ?? null,
  };
}

/** One thing wrong: the body or one parameter, with text that a URL or a header can carry. */
function invalidForm(operation: Operation, random: Random): Sent | null {
  // A condition of a read that cannot be read holds for no version, as in RFC 9110: the answer is the resource.
  const isIgnored = ({ name }: Parameter) => name === "If-None-Match" && operation.method === "GET";
  const names = operation.parameters
    .filter((one) => wrongTexts(one).length > 0 && !isIgnored(one))
    .map(({ name }) => name);
  const [first, ...others] = operation.body === null ? names : [...names, "body", "body", "body"];
  return first === undefined ? null : madeFrom(operation, random, "invalid", random.pick([first, ...others]));
}

function textOf(value: Json): string {
  return Array.isArray(value) ? value.join(",") : `${value}`;
}

/** Texts that can be sent in this place and are not allowed, however they are read. */
function wrongTexts({ place, schema }: Parameter): readonly string[] {
  const canStand = place === "query" ? /^/ : place === "header" ? /^[!-~]{1,1000}$/ : /^[^/]{1,100}$/;
  return values.map(textOf).filter((text) => {
    const read = (one: string): Json => (/^(0|[1-9]\d*|true|false)$/.test(one) ? JSON.parse(one) : one);
    const parts = text.split(",");
    const readings: readonly Json[] = [text, parts, parts.map(read), read(text)];
    return canStand.test(text) && text.length < 1000 && readings.every((reading) => faultOf(reading, schema) !== null);
  });
}

/** What is wrong with an answer, whatever the request was; null when nothing is. */
function answerFault({ answers }: Operation, { status, headers, text, body }: Exchange): string | null {
  if (status >= 500) return `the answer is a ${status}`;
  const answer = answers.get(status);
  if (answer === undefined) return `the document has no ${status}`;
  if (answer === null) return text === "" ? null : `the document has no body for ${status}`;
  if (headers.get("content-type") !== answer.type) return `the answer is ${headers.get("content-type")}`;
  const fault = faultOf(body, answer.schema);
  return fault === null ? null : `the answer is not as documented: ${fault}`;
}

function acceptanceFault({ status, body }: Exchange): string | null {
  if (status !== 400 && status !== 422 && status !== 415 && status !== 406) return null;
  const faults: readonly Json[] = Array.isArray(body.errors) ? body.errors : [];
  const isForTheData = (fault: Json) => {
    if (!isObject(fault)) return false;
    const { code, pointer, parameter } = fault;
    if (code === "range") return amountPlace.test(`${pointer}`);
    // A detail that has no product yet may go on without one.
    if (code === "required") return /^#\/order_details\/\d+\/product_id$/.test(`${pointer}`);
    return (
      byTheData.test(`${code}`) ||
      /^(?:cursor|after)$/.test(`${parameter}`) ||
      (code === "text" && pointer === keptPlace)
    );
  };
  return faults.length > 0 && faults.every(isForTheData) ? null : "what the document allows is refused";
}

function rejectionFault({ status }: Exchange): string | null {
  return status < 400 ? "what the document does not allow is accepted" : null;
}

/** A created resource exists, a deleted one is gone. */
async function afterwards(
  client: Client,
  { method }: Operation,
  { status, headers, body }: Exchange,
): Promise<string[]> {
  const location = headers.get("location");
  if (method !== "POST" || status !== 201 || location === undefined) return [];
  const get = () => client.exchange({ method: "GET", path: location, headers: {}, body: null });
  const read = await get();
  const created = isObject(body.data) ? body.data : {};
  const shown = isObject(read.body.data) ? read.body.data : {};
  if (read.status !== 200 || shown.id !== created.id) return [`${location} was created and is answered ${read.status}`];
  if (created.status_id !== undefined && created.status_id !== 0) return [];
  const removed = await client.exchange({ method: "DELETE", path: location, headers: {}, body: null });
  const after = await get();
  // What cannot be deleted has no such method, like a purchase order, which is cancelled.
  if (removed.status !== 200)
    return [405, 409].includes(removed.status) ? [] : [`DELETE ${location} is answered ${removed.status}`];
  return after.status === 404 ? [] : [`${location} was deleted and is answered ${after.status}`];
}

/** A method that a path does not support is answered 405, with the methods that it supports. */
async function otherMethods(client: Client, operations: readonly Operation[]): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const [path, ofPath] of Map.groupBy(operations, (operation) => operation.path)) {
    const known = ofPath.map(({ method }) => method);
    const allowed = [...known, "OPTIONS", ...(known.includes("GET") ? ["HEAD"] : [])].sort().join(", ");
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((one) => !known.includes(one))) {
      const { status, headers } = await client.exchange({
        method,
        path: path.replace("{id}", "1"),
        headers: {},
        body: null,
      });
      const allow = (headers.get("allow") ?? "").split(", ").sort().join(", ");
      if (status !== 405 || allow !== allowed) broken.push(`${method} ${path} is answered ${status}, Allow: ${allow}`);
    }
  }
  return broken;
}
