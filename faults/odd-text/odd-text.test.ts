import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommands } from "../model/comparison/run.ts";
import { type Alteration, startAltered } from "../network/altered-server.ts";
import { open } from "../rows/input/i10-model.ts";
import { commandsFor } from "./commands.ts";
import { checkOutsideBody } from "./outside-body.ts";
import { odd } from "./texts.ts";

const folder = mkdtempSync(join(tmpdir(), "odd-text-"));
let opened: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  opened = await open("sqlite", folder, 1);
}, 60_000);
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Some texts of every category. */
const some = Object.values(odd).flatMap((texts) => texts.filter((_, index) => index % 9 === 0));
const commandsOf = (texts: readonly string[]) => texts.flatMap((text, index) => commandsFor(text, index));

test("odd texts are stored as sent or refused by name, found by a plain search, and change no other row", async () => {
  const { target } = opened;
  expect((await runCommands(commandsOf(some), [target])).difference).toBe(null);
  expect(await checkOutsideBody(target.url, target.store, some)).toEqual([]);
});

/** Faults of a product, each with a text that must find it. */
const faults: Readonly<Record<string, readonly [Alteration, string]>> = {
  "text is stored in a different normal form": [
    { request: (request) => ({ ...request, body: request.body?.normalize("NFC") ?? null }) },
    "e\u0301",
  ],
  "trailing spaces are lost": [
    { request: (request) => ({ ...request, body: request.body?.replace(/ +"/g, '"') ?? null }) },
    "a ",
  ],
  "control characters are dropped": [
    { request: (request) => ({ ...request, body: request.body?.replaceAll("\\u0000", "") ?? null }) },
    "a\u0000b",
  ],
  "a search treats % as a wildcard": [
    { request: (request) => ({ ...request, path: request.path.replace("q=%25", "q=") }) },
    "%",
  ],
  "a search distinguishes equal letters": [
    { request: (request) => ({ ...request, path: request.path.replace(/q=[^&]*/, "q=nothing") }) },
    "straße",
  ],
};

test.each(Object.entries(faults))("detected: %s", async (_name, [alteration, text]) => {
  const altered = startAltered(opened.target.url, alteration);
  const { difference } = await runCommands(commandsOf(["other", text]), [{ ...opened.target, url: altered.url }]);
  await altered.stop();
  expect(difference).not.toBe(null);
});

test("detected: a header that causes a server error, and a read that changes a row", async () => {
  const { store, url } = opened.target;
  const altered = startAltered(url, {
    answer: (answer) => ({ ...answer, status: answer.status === 406 ? 500 : answer.status }),
  });
  let reads = 0;
  const tampered = {
    ...store,
    async rows(sql: string) {
      reads += 1;
      if (reads === 8) await store.rows("INSERT INTO shippers (company) VALUES ('x')");
      return store.rows(sql);
    },
  };
  const found = await checkOutsideBody(altered.url, tampered, ["text/html"]);
  await altered.stop();
  expect(found).toEqual(['Accept "text/html" is answered 500', "reading with odd texts has changed rows"]);
});
