import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Alteration, startAltered } from "../network/altered-server.ts";
import { type System, startSystem } from "../system/system.ts";
import { checkByDocument } from "./check.ts";

const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647);
console.log(`requests from the OpenAPI document: SEED=${seed}`);
const folder = mkdtempSync(join(tmpdir(), "openapi-"));
let system: System;
beforeAll(async () => {
  system = await startSystem({ engine: "sqlite", folder, seed, sample: true, settings: ["--log-level", "warn"] });
}, 60_000);
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("the API does what its document says, for requests that it allows and that it does not", async () => {
  const { broken, trials } = await checkByDocument(system.url, 6, seed);
  expect(broken).toEqual([]);
  expect(trials).toBeGreaterThan(300);
});

const problem = { "content-type": "application/problem+json" };
const gone = new Map<string, string>();

/** Faults of a product, each with the words that must report it. */
const faults: Readonly<Record<string, readonly [Alteration, string]>> = {
  "a refusal is a server error": [
    { answer: (answer) => ({ ...answer, status: answer.status === 422 ? 500 : answer.status }) },
    "is a 500",
  ],
  "a status is not documented": [
    { answer: (answer) => ({ ...answer, status: answer.status === 404 ? 418 : answer.status }) },
    "no 418",
  ],
  "a member is missing": [
    { answer: (answer) => ({ ...answer, body: answer.body.replace('"message":', '"words":') }) },
    "lacks message",
  ],
  "an amount is a number": [
    { answer: (answer) => ({ ...answer, body: answer.body.replace(/"list_price":"([0-9.]+)"/g, '"list_price":$1') }) },
    "list_price is no string",
  ],
  "the content type is different": [
    { answer: (answer) => ({ ...answer, headers: { ...answer.headers, "content-type": "text/plain" } }) },
    "the answer is text/plain",
  ],
  "bad parameters are ignored": [
    {
      request: (request) =>
        request.method === "GET" ? { ...request, path: request.path.replace(/\?.*/, "") } : request,
    },
    "does not allow is accepted",
  ],
  "unknown fields are ignored": [
    {
      request: (request) => ({
        ...request,
        body: request.body?.replace(/,"(surprise|Id| id|__proto_)":1/, "") ?? null,
      }),
    },
    "does not allow is accepted",
  ],
  "good data are refused": [
    {
      answer: (answer, { path }) =>
        answer.status === 201 && path.startsWith("/api/shippers")
          ? { status: 422, headers: problem, body: refusal }
          : answer,
    },
    "allows is refused",
  ],
  "a wrong method is refused without naming the allowed ones": [
    { answer: ({ headers: { allow: _, ...headers }, ...answer }) => ({ ...answer, headers }) },
    "Allow: ",
  ],
  "what was deleted is still answered": [
    {
      answer(answer, { method, path }) {
        if (method === "GET" && answer.status === 200) gone.set(path, answer.body);
        const kept = answer.status === 404 ? gone.get(path) : undefined;
        return kept === undefined ? answer : { ...answer, status: 200, body: kept };
      },
    },
    "was deleted and is answered 200",
  ],
};

const refusal = JSON.stringify({
  ...{ success: false, message: "", data: null, type: "urn:x", title: "", status: 422, detail: "", instance: "urn:x" },
  ...{ code: "type", errors: [{ pointer: "#/company", code: "type", message: "" }], request_id: "" },
});

// Each with a seed of its own: the same Idempotency-Key would replay the answer to another fault.
const seeded = Object.entries(faults).map(
  ([name, [alteration, words]], at) => [name, at + 1, alteration, words] as const,
);

test.each(seeded)("detected: %s", async (_name, ownSeed, alteration, words) => {
  const altered = startAltered(system.url, alteration);
  const { broken } = await checkByDocument(altered.url, 4, ownSeed);
  await altered.stop();
  expect(broken.join("\n")).toContain(words);
});
