import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { deflateSync } from "node:zlib";
import { type BothEngines, type CallOptions, startBothEngines, startTimeoutMs } from "../../both-engines.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

const path = "/api/company/logo";

function chunk(type: string, content: Uint8Array): Buffer {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  const named = Buffer.concat([Buffer.from(type), content]);
  sum.writeUInt32BE(Bun.hash.crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A PNG of one colour, with a chunk of text of this length. */
function png(width: number, height: number, textLength = 0): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  const pixels = deflateSync(Buffer.alloc((width * 3 + 1) * height, 0x60));
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    ...[chunk("IHDR", head), chunk("tEXt", Buffer.alloc(textLength, 0x61)), chunk("IDAT", pixels)],
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The segments of a JPEG that say its size, a scan of a few pixels, and the end. */
const [jpegHead, scan, jpegEnd] = [
  "ffd8ffe000104a46494600010100000100010000ffc0000b080030006001011100",
  "ffda0008010100003f007fff00ffd07f",
  "ffd9",
].map((text) => Buffer.from(text, "hex"));
const jpegOf = (...parts: readonly (Buffer | undefined)[]) =>
  Buffer.concat(parts.map((part) => part ?? Buffer.alloc(0)));
const jpeg = jpegOf(jpegHead, scan, jpegEnd);

/** A PNG whose last pixel was damaged on its way. */
function damaged(): Buffer {
  const image = png(8, 8);
  const at = image.length - 20;
  image[at] = 255 - (image[at] ?? 0);
  return image;
}

/** The first chunk of a PNG, and its last. */
const withoutPixels = Buffer.concat([png(8, 8).subarray(0, 33), chunk("IEND", Buffer.alloc(0))]);

const put = (body: Uint8Array, type: string, { headers = {}, query = "" } = {}) =>
  api.call("PUT", path + query, { body, headers: { "content-type": type, ...headers } });

/** What both servers answer, byte for byte. */
async function got({ headers = {} }: CallOptions = {}) {
  const answers = await Promise.all(
    api.servers.map(async ({ url }) => {
      const response = await fetch(url + path, { headers: { ...headers } });
      const names = ["content-type", "etag", "cache-control", "x-content-type-options", "content-encoding"];
      const found = names.map((name) => response.headers.get(name));
      // A refusal contains the id of its request.
      const content = response.status < 300 ? await response.arrayBuffer() : "";
      return { status: response.status, found, hash: Bun.hash(content).toString() };
    }),
  );
  expect(answers[1]).toEqual(answers[0]);
  return answers[0];
}

describe("the logo of the company", () => {
  test("GET and DELETE 404 while there is none", async () => {
    for (const method of ["GET", "DELETE"]) {
      const { status, body } = await api.call(method, path);
      expect([status, body.code]).toEqual([404, "not-found"]);
    }
  });

  test("PUT 200, and GET 200 with the same bytes, their type, a tag, and no guessing", async () => {
    // More than the length from which answers are compressed: an image is not.
    const image = png(300, 200, 60_000);
    const { status, body, headers } = await put(image, "image/png", { headers: { "if-none-match": "*" } });
    expect([status, headers.get("etag")]).toEqual([200, '"1"']);
    const sha256 = new Bun.CryptoHasher("sha256").update(image).digest("hex");
    const state = { id: 1, media_type: "image/png", width: 300, height: 200, byte_count: image.length, sha256 };
    expect(body.data).toEqual(state);
    const wanted = ["image/png", '"1"', "private, no-cache", "nosniff", null];
    const hash = Bun.hash(image).toString();
    expect(await got({ headers: { "accept-encoding": "gzip" } })).toEqual({ status: 200, found: wanted, hash });
    expect((await fetch(`${api.servers[0]?.url}${path}?version=1`)).status).toBe(200);
    expect(await got({ headers: { accept: "image/avif,image/*" } })).toMatchObject({ status: 200 });
    expect(await got({ headers: { accept: "application/json" } })).toMatchObject({ status: 406 });
    const known = await got({ headers: { "if-none-match": '"1"' } });
    expect(known).toMatchObject({ status: 304, found: [null, '"1"', "private, no-cache", "nosniff", null] });
  });

  test("PUT 412 for another version, 200 for a JPEG in its place, and once for a repeated key", async () => {
    const old = await put(jpeg, "image/jpeg", { headers: { "if-match": '"0"' } });
    expect([old.status, old.body.data]).toMatchObject([412, { media_type: "image/png" }]);
    const headers = { "if-match": '"1"', "idempotency-key": "logo" };
    const first = await put(jpeg, "image/jpeg", { headers });
    expect([first.status, first.body.data]).toMatchObject([200, { media_type: "image/jpeg", width: 96, height: 48 }]);
    const again = await put(jpeg, "image/jpeg", { headers });
    expect([again.text, again.headers.get("idempotency-replayed")]).toEqual([first.text, "true"]);
    const other = await put(png(1, 1), "image/png", { headers });
    expect([other.status, other.body.code]).toEqual([422, "idempotency-mismatch"]);
    expect(await got()).toMatchObject({ found: ["image/jpeg", '"2"', "private, no-cache", "nosniff", null] });
  });

  test("PUT stores nothing in a dry run", async () => {
    const { status, body } = await put(png(8, 8), "image/png", { query: "?dry_run=1" });
    expect([status, body.data]).toMatchObject([200, { width: 8 }]);
    expect(await got()).toMatchObject({ found: { 1: '"2"' } });
  });

  test.each([
    ["a type that is none", png(8, 8), "image/svg+xml", 415, "unsupported-media-type"],
    ["JSON", Buffer.from("{}"), "application/json", 415, "unsupported-media-type"],
    ["a JPEG that is said to be a PNG", jpeg, "image/png", 422, "image"],
    ["a page that is said to be a PNG", Buffer.from("<html><script>"), "image/png", 422, "image"],
    ["nothing", Buffer.alloc(0), "image/png", 422, "image"],
    ["half a PNG", png(300, 200).subarray(0, 60), "image/png", 422, "image"],
    ["a PNG with something behind it", Buffer.concat([png(8, 8), Buffer.from("<html>")]), "image/png", 422, "image"],
    ["half a JPEG", jpeg.subarray(0, 22), "image/jpeg", 422, "image"],
    ["a PNG without pixels", withoutPixels, "image/png", 422, "image"],
    ["a PNG with a wrong checksum", damaged(), "image/png", 422, "image"],
    ["a JPEG without pixels", jpegOf(jpegHead, jpegEnd), "image/jpeg", 422, "image"],
    ["a JPEG with an archive in it", jpegOf(jpeg, Buffer.from("PK"), jpegEnd), "image/jpeg", 422, "image"],
    ["too many pixels", png(4001, 1), "image/png", 422, "image"],
    ["no pixels", png(0, 8), "image/png", 422, "image"],
    ["more than 200 KB", png(8, 8, 200 * 1024), "image/png", 413, "too-large"],
  ])("PUT refuses %s", async (_name, body, type, status, code) => {
    const answer = await put(body, type);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test("PUT 422: an image without pixels is not told to become smaller", async () => {
    expect((await put(png(0, 8), "image/png")).body.message).not.toContain("smaller");
  });

  test("PUT refuses more than 200 KB of unannounced length, and a page of another server", async () => {
    for (const { url } of api.servers) {
      const type = { "content-type": "image/png" };
      const long = new Blob([png(8, 8, 210 * 1024)]).stream();
      expect((await fetch(url + path, { method: "PUT", headers: type, body: long })).status).toBe(413);
      const headers = { ...type, origin: "http://elsewhere.example", "sec-fetch-site": "cross-site" };
      expect((await fetch(url + path, { method: "PUT", headers, body: png(8, 8) })).status).toBe(403);
    }
  });

  test("DELETE 412, 200, and 404 from then on; a new one gets the next version", async () => {
    expect((await api.call("DELETE", path, { headers: { "if-match": '"1"' } })).status).toBe(412);
    const { status, body } = await api.call("DELETE", path, { headers: { "if-match": '"2"' } });
    expect([status, body.data]).toEqual([200, null]);
    expect(await got()).toMatchObject({ status: 404 });
    expect((await put(png(8, 8), "image/png")).headers.get("etag")).toBe('"4"');
  });

  test("the history and the feed have hash and size of every change, and no bytes", async () => {
    const [none, wide] = [{ media_type: null, sha256: null }, { width: 300 }];
    for (const { url } of api.servers) {
      const history = await (await fetch(`${url}${path}/history`)).text();
      expect(history.length).toBeLessThan(4000);
      expect<unknown>(JSON.parse(history)).toMatchObject({
        data: [
          { sequence: 1, before: none, after: { ...wide, media_type: "image/png", sha256: expect.any(String) } },
          { sequence: 2, before: wide, after: { media_type: "image/jpeg", byte_count: jpeg.length } },
          { sequence: 3, before: { media_type: "image/jpeg" }, after: none },
          { sequence: 4, before: none, after: { width: 8 } },
        ],
      });
      const feed: unknown = await (await fetch(`${url}/api/changes?resource=company_logo`)).json();
      expect(feed).toMatchObject({ data: [1, 2, 3, 4].map((version) => ({ resource: "company_logo", version })) });
    }
  });
});
