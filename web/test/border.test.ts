// What the pages' server lets in, and what it allows browsers to do with its answers.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import type { Page } from "playwright-core";
import { alive, type Desk, offlinePageStored, startDesk } from "./browser.ts";
import { orderIn } from "./order-desk.ts";
import { pagePlaces, pathOf, places, visit } from "./places.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 240_000);
afterAll(() => desk?.stop());
afterEach(() => desk.closePages());

const form = { "content-type": "application/x-www-form-urlencoded" };
const json = { "content-type": "application/json" };

function ask(path: string, init: BunFetchRequestInit = {}): Promise<Response> {
  return fetch(desk.url + path, { redirect: "manual", ...init });
}

describe("a Host that is no name of this server", () => {
  test.each(["/", "/orders", "/icon.svg", "/api/customers", "/offline-worker.js"])("421: %s", async (path) => {
    const answer = await ask(path, { headers: { host: "evil.example:3000" } });
    expect(answer.status).toBe(421);
    const text = await answer.text();
    expect(text).toContain("use localhost, or start it with --host-names evil.example.");
    expect(text.startsWith("{")).toBe(path.startsWith("/api/"));
  });

  test("200: its own names", async () => {
    for (const host of ["localhost", "127.0.0.1:3000", "[::1]:3000"])
      expect([host, (await ask("/about", { headers: { host } })).status]).toEqual([host, 200]);
  });
});

describe("a change from a page of another server", () => {
  const foreign = [
    { origin: "https://evil.example" },
    { origin: "http://localhost:8080", "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "cross-site" },
  ];
  test.each(foreign)("403: %o", async (headers) => {
    const preferences = await ask("/preferences", {
      method: "POST",
      headers: { ...form, ...headers },
      body: "theme=dark",
    });
    expect([preferences.status, preferences.headers.get("set-cookie")]).toEqual([403, null]);
    const body = '{"company":"Border"}';
    for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
      const answer = await ask("/api/customers", { method, headers: { ...json, ...headers }, body });
      expect([method, answer.status, (await answer.json()).code]).toEqual([method, 403, "foreign-origin"]);
    }
  });

  test("its own pages and programs may", async () => {
    const body = '{"company":"Border"}';
    const own = { origin: desk.url, "sec-fetch-site": "same-origin" };
    for (const headers of [own, { origin: desk.url }, {}]) {
      expect((await ask("/api/customers", { method: "POST", headers: { ...json, ...headers }, body })).status).toBe(
        201,
      );
      const theme = await ask("/preferences", { method: "POST", headers: { ...form, ...headers }, body: "theme=dark" });
      expect([theme.status, theme.headers.get("set-cookie")]).toEqual([204, expect.stringContaining("theme=dark")]);
    }
  });
});

describe("a body that is too large", () => {
  const mega = 1024 * 1024;
  test.each(["/api/orders", "/preferences", "/orders"])("%s is refused before it is read", async (path) => {
    const before = memoryOf(desk.pagesPid);
    const { answer, sent } = await sendWithoutEnd(path, 400 * mega);
    expect(answer).toMatch(path === "/orders" ? /^HTTP\/1.1 405/ : /^HTTP\/1.1 413/);
    expect(sent).toBeLessThan(64 * mega);
    expect(memoryOf(desk.pagesPid) - before).toBeLessThan(100 * mega);
  });

  test("a client that sends all of it before it reads, and wants the connection closed, gets the answer", async () => {
    const all = Array.from({ length: 20 }, () => answerAfter("/api/orders", Buffer.alloc(mega / 2, "x")));
    expect(new Set(await Promise.all(all))).toEqual(new Set(["413"]));
  });

  test("413: in chunks without a length", async () => {
    const { answer, sent } = await sendWithoutEnd("/api/orders", null);
    expect(answer).toStartWith("HTTP/1.1 413");
    expect(sent).toBeLessThan(64 * mega);
  });

  test("the largest body that is allowed reaches the API", async () => {
    const body = JSON.stringify({ notes: "x".repeat(256 * 1024 - 12) });
    const answer = await ask("/api/orders", { method: "POST", headers: json, body });
    expect([body.length, answer.status]).toEqual([256 * 1024, 422]);
  });
});

test("a long answer of the API is packed for those who accept it, and is the same", async () => {
  const list = (encoding: string) =>
    ask("/api/orders", { headers: { "accept-encoding": encoding }, decompress: false });
  const [plain, packed] = await Promise.all([list("identity"), list("br, gzip")]);
  expect([plain.headers.get("content-encoding"), packed.headers.get("content-encoding")]).toEqual([null, "gzip"]);
  expect(packed.headers.get("vary")).toContain("Accept-Encoding");
  const [text, bytes] = await Promise.all([plain.text(), packed.bytes()]);
  expect(new TextDecoder().decode(Bun.gunzipSync(bytes))).toBe(text);
  expect(bytes.length * 4).toBeLessThan(text.length);
  expect((await list("gzip;q=0")).headers.get("content-encoding")).toBeNull();
});

test("requests that are never sent to their end are ended: heads, and bodies that drip", async () => {
  const head = (path: string) => `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
  const begun = [
    "GET /orders HTTP/1.1\r\nHost: localhost\r\n",
    `${head("/api/orders")}Content-Length: 100\r\n\r\n{`,
    `${head("/api/orders")}Transfer-Encoding: chunked\r\n\r\nff\r\n{`,
    `${head("/preferences")}Content-Length: 100\r\n\r\nt`,
  ];
  const ends = Array.from({ length: 40 }, (_, index) => untilEnd(begun[index % begun.length] ?? ""));
  const answers = await Promise.all(ends);
  for (const answer of answers) expect(answer).toMatch(/^HTTP\/1.1 40[08]|^$/);
  expect((await ask("/about")).status).toBe(200);
}, 60_000);

describe("every answer forbids what a page of this server never needs", () => {
  const expected = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": expect.stringContaining("camera=()"),
  };
  const headersOf = ({ headers }: Response) =>
    Object.fromEntries(Object.keys(expected).map((name) => [name, headers.get(name)]));
  const policyOf = ({ headers }: Response) =>
    new Map((headers.get("content-security-policy") ?? "").split("; ").map((part) => [part.split(" ")[0] ?? "", part]));

  for (const place of pagePlaces)
    test(`page ${place.name}`, async () => {
      const path = await pathOf(place, desk);
      const [answer, again] = await Promise.all([ask(path), ask(path)]);
      expect(headersOf(answer)).toEqual(expected);
      const policy = policyOf(answer);
      expect(policy.get("default-src")).toBe("default-src 'none'");
      expect(policy.get("frame-ancestors")).toBe("frame-ancestors 'none'");
      expect(policy.get("base-uri")).toBe("base-uri 'none'");
      const scripts = policy.get("script-src") ?? "";
      expect(scripts).not.toMatch(/unsafe|https?:|\*|data:/);
      const nonce = /'nonce-([^']{22,})'/.exec(scripts)?.[1] ?? "no nonce";
      expect(policyOf(again).get("script-src")).not.toContain(nonce);
      const html = await answer.text();
      const inline = Array.from(html.matchAll(/<script(?![^>]* src=)[^>]*>/g), ([tag]) => tag);
      expect(inline.length).toBeGreaterThan(1);
      // One is the theme's, which is allowed by its hash.
      expect(inline.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toHaveLength(1);
    });

  test("files, refusals and answers of the API", async () => {
    const html = await (await ask("/about")).text();
    const files = Array.from(html.matchAll(/(?:src|href)="(\/_next\/[^"]+)"/g), (match) => match[1] ?? "");
    expect(files.length).toBeGreaterThan(2);
    for (const path of [...files, "/icon.svg", "/offline", "/offline-worker.js", "/api/health", "/api/nothing"]) {
      const answer = await ask(path);
      expect([path, headersOf(answer)]).toEqual([path, expected]);
      expect([path, policyOf(answer).get("frame-ancestors")]).toEqual([path, "frame-ancestors 'none'"]);
    }
    const refused = await ask("/orders", { headers: { host: "evil.example" } });
    expect(headersOf(refused)).toEqual(expected);
  });
});

describe("in a browser", () => {
  /** What the browser refuses on a page because of its policy. */
  function refusals(page: Page): readonly string[] {
    const seen: string[] = [];
    page.on("console", (message) => {
      if (/content security policy|permissions policy/i.test(message.text())) seen.push(message.text());
    });
    return seen;
  }

  test("an inline script is refused, so that the following tests would notice one", async () => {
    const page = await desk.page();
    const seen = refusals(page);
    await page.goto("/about");
    const ran = await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.documentElement.dataset.ran = 'yes'";
      document.head.append(script);
      return document.documentElement.dataset.ran;
    });
    expect(ran).toBeUndefined();
    expect(seen.length).toBeGreaterThan(0);
  });

  const used = ["home", "order-new", "orders-selected", "orders-views", "palette", "order-print", "order-conflict"];
  for (const place of places.filter(({ name }) =>
    [...used, "not-found", "no-server", "order-step-undo"].includes(name),
  ))
    test(`${place.name} does nothing that its policy forbids`, async () => {
      const page = await desk.page(place.window);
      const seen = refusals(page);
      await visit(page, desk, place);
      expect(seen).toEqual([]);
    }, 60_000);

  test("nothing is refused while one goes through the pages, prints and changes the language", async () => {
    const page = await desk.page({ serviceWorkers: "allow" });
    const seen = refusals(page);
    await page.goto("/");
    await alive(page);
    await offlinePageStored(page);
    await page.getByRole("link", { name: "Orders", exact: true }).first().click();
    await page.getByRole("grid").waitFor();
    await page.goto(`/orders/${await orderIn(desk, 0)}`);
    await alive(page);
    await page.pdf();
    await page.getByLabel("Language").selectOption("es");
    await page.getByRole("heading", { level: 1, name: /^Pedido/ }).waitFor();
    expect(seen).toEqual([]);
  }, 60_000);

  test("a page of another origin cannot show a page of this server in a frame", async () => {
    const page = await desk.page();
    const other = desk.url.replace("127.0.0.1", "localhost");
    await page.goto(`${other}/api/health`);
    await page.setContent(`<iframe src="${desk.url}/orders"></iframe>`);
    const frame = page.frames().at(-1);
    await page.waitForFunction(() => document.querySelector("iframe")?.contentDocument === null);
    expect(await frame?.content()).not.toContain("Northwind");
  });
});

/** The memory of a process in bytes. */
function memoryOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) * 1024;
}

/** Sends a body of this length (null: in chunks without end) until the server ends the connection. */
async function sendWithoutEnd(path: string, length: number | null): Promise<{ answer: string; sent: number }> {
  const { port } = new URL(desk.url);
  const socket = connect(Number(port), "127.0.0.1");
  const framing = length === null ? "Transfer-Encoding: chunked" : `Content-Length: ${length}`;
  const piece = Buffer.alloc(64 * 1024, "x");
  const chunk = length === null ? Buffer.concat([Buffer.from("10000\r\n"), piece, Buffer.from("\r\n")]) : piece;
  let answer = "";
  let sent = 0;
  const ended = Promise.withResolvers<void>();
  socket.on("data", (data) => {
    answer += data.toString("latin1");
  });
  socket.on("error", () => undefined);
  socket.on("close", () => ended.resolve());
  socket.write(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${framing}\r\n\r\n`);
  const more = () => {
    while (!socket.destroyed && (length === null || sent < length)) {
      sent += chunk.length;
      if (!socket.write(chunk)) {
        socket.once("drain", more);
        return;
      }
    }
  };
  more();
  await ended.promise;
  return { answer, sent };
}

/** Sends a whole body, in small pieces, before it reads: the status of the answer, or why there is none. */
function answerAfter(path: string, body: Buffer): Promise<string> {
  const { port } = new URL(desk.url);
  const pieceBytes = 64 * 1024;
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`;
  const bytes = Buffer.concat([Buffer.from(head), body]);
  return new Promise((resolve) => {
    const socket = connect(Number(port), "127.0.0.1");
    let answer = "";
    const send = (from: number) => {
      if (from >= bytes.length) socket.on("data", (data) => (answer += data.toString("latin1")));
      else
        socket.write(
          bytes.subarray(from, from + pieceBytes),
          (fault) => fault ?? setImmediate(send, from + pieceBytes),
        );
    };
    send(0);
    socket.on("error", ({ message }) => resolve(message));
    socket.on("close", () => resolve(answer.slice(9, 12)));
  });
}

/** Sends the beginning of a request, then a byte now and then, and returns what came until the connection ended. */
function untilEnd(beginning: string): Promise<string> {
  const { port } = new URL(desk.url);
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(Number(port), "127.0.0.1", () => socket.write(beginning));
    const drip = setInterval(() => socket.write("x"), 1000);
    socket.on("data", (data) => {
      answer += data.toString("latin1");
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearInterval(drip);
      resolve(answer);
    });
  });
}
