import type { Piece } from "./raw-socket.ts";

/** Bytes that no proper client sends, or only rarely, and what may come of them. */
export interface RawCase {
  readonly name: string;
  readonly pieces: readonly Piece[];
  /** How many requests a strict parser finds in them. */
  readonly requests: number;
  /**
   * The statuses of the answers, in order; `cut` where the connection may end without one. Lists every outcome that is
   * right.
   */
  readonly allowed: readonly (readonly (number | "cut")[])[];
  /** The company name that the bytes would create; it must exist exactly when an answer says so. */
  readonly company?: string;
  /** The API itself refuses, with a body that says what is wrong. */
  readonly problem?: true;
}

const path = "/api/customers/1";

function get(id: number, more = "", target = path): string {
  return `GET ${target} HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: r${id}\r\n${more}\r\n`;
}

function head(lines: string): string {
  return `GET ${path} HTTP/1.1\r\n${lines}\r\n`;
}

/** A POST of JSON with the given framing. */
function post(framing: string, body: string, more = ""): string {
  const fixed = "Host: localhost\r\nX-Request-Id: r1\r\nContent-Type: application/json\r\n";
  return `POST /api/customers HTTP/1.1\r\n${fixed}${framing}\r\n${more}\r\n${body}`;
}

const chunked = "Transfer-Encoding: chunked";
const refused = [[400], ["cut"]] as const;
const wrongVersion = [[505], [400], ["cut"]] as const;

/** A POST with wrong framing, which must create nothing. */
function wrongFraming(name: string, framing: string, makeBody: (json: string) => string): RawCase {
  const company = `framing ${name}`;
  const body = makeBody(JSON.stringify({ company }));
  return { name, pieces: [post(framing, body)], requests: 1, allowed: refused, company };
}

function wrongHead(name: string, bytes: string, allowed: RawCase["allowed"] = refused): RawCase {
  return { name, pieces: [bytes], requests: 1, allowed };
}

const chunkOf = (json: string) => `${json.length.toString(16)}\r\n${json}\r\n`;

const hosts: readonly RawCase[] = [
  { ...wrongHead("two Host headers", head("Host: localhost\r\nHost: b\r\n"), [[400]]), problem: true },
  { ...wrongHead("two equal Host headers", head("Host: localhost\r\nHost: localhost\r\n"), [[400]]), problem: true },
  {
    ...wrongHead("two Host headers, apart", head("Host: localhost\r\nAccept: */*\r\nhOST: b\r\n"), [[400]]),
    problem: true,
  },
  { ...wrongHead("an empty Host before another", head("Host:\r\nHost: b\r\n"), [[400]]), problem: true },
  { ...wrongHead("an empty Host", head("Host:\r\n"), [[400]]), problem: true },
  { ...wrongHead("a Host with a path", head("Host: a/b\r\n"), [[400]]), problem: true },
  { ...wrongHead("a Host with a user", head("Host: u@a\r\n"), [[400]]), problem: true },
  { ...wrongHead("a Host with a space", head("Host: a b\r\n"), [[400]]), problem: true },
  { ...wrongHead("a Host with a comma", head("Host: a, b\r\n"), [[400]]), problem: true },
  wrongHead("no Host", head("")),
  wrongHead("no Host, with an upgrade", head("Connection: Upgrade\r\nUpgrade: websocket\r\n")),
  wrongHead("HTTP/1.0 without a Host", `GET ${path} HTTP/1.0\r\n\r\n`, [[200]]),
  wrongHead("absolute form, the same host", get(1, "", `http://a${path}`), [[200]]),
  // Nothing here depends on the host, so the one in the target does no harm; Bun does not show it.
  wrongHead("absolute form, another host", get(1, "", `http://b${path}`), [[200], [400]]),
  wrongHead("absolute form without a Host", `GET http://a${path} HTTP/1.1\r\n\r\n`),
];

const framings: readonly RawCase[] = [
  wrongFraming("length and chunks", `Content-Length: 5\r\n${chunked}`, (json) => `${chunkOf(json)}0\r\n\r\n`),
  wrongFraming("chunks and length", `${chunked}\r\nContent-Length: 5`, (json) => `${chunkOf(json)}0\r\n\r\n`),
  wrongFraming("two lengths", "Content-Length: 2\r\nContent-Length: 40", (json) => json),
  wrongFraming("a list of lengths", "Content-Length: 36, 36", (json) => json),
  wrongFraming("a length with a sign", "Content-Length: +36", (json) => json),
  wrongFraming("a negative length", "Content-Length: -1", (json) => json),
  wrongFraming("a hexadecimal length", "Content-Length: 0x24", (json) => json),
  wrongFraming("a space before the colon", "Content-Length : 36", (json) => json),
  wrongFraming("a length beyond 64 bits", "Content-Length: 99999999999999999999", (json) => json),
  wrongFraming("an empty length", "Content-Length:", (json) => json),
  wrongFraming("chunked twice", "Transfer-Encoding: chunked, chunked", (json) => `${chunkOf(json)}0\r\n\r\n`),
  wrongFraming("an encoding that is none", "Transfer-Encoding: xchunked", (json) => `${chunkOf(json)}0\r\n\r\n`),
  wrongFraming("identity", "Transfer-Encoding: identity", (json) => json),
  wrongFraming("gzip below chunks", "Transfer-Encoding: gzip, chunked", (json) => `${chunkOf(json)}0\r\n\r\n`),
  wrongFraming("two encodings", `${chunked}\r\nTransfer-Encoding: identity`, (json) => `${chunkOf(json)}0\r\n\r\n`),
  wrongFraming("a chunk size that is no number", chunked, (json) => `zz\r\n${json}\r\n0\r\n\r\n`),
  wrongFraming("a chunk shorter than it is", chunked, (json) => `2\r\n${json}\r\n0\r\n\r\n`),
  wrongFraming("a negative chunk", chunked, (json) => `-24\r\n${json}\r\n0\r\n\r\n`),
  wrongFraming("a chunk size beyond 64 bits", chunked, (json) => `fffffffffffffffff\r\n${json}\r\n0\r\n\r\n`),
  wrongFraming("chunks ended by bare line feeds", chunked, (json) => `${json.length.toString(16)}\n${json}\n0\n\n`),
  wrongFraming("trailer fields", chunked, (json) => `${chunkOf(json)}0\r\nX-Late: 1\r\n\r\n`),
  wrongFraming("a body and then no HTTP", "Content-Length: 39", (json) => `${json.padEnd(39)}\x00\x01nonsense\r\n\r\n`),
];

const heads: readonly RawCase[] = [
  wrongHead("bare line feeds", `GET ${path} HTTP/1.1\nHost: localhost\n\n`, wrongVersion),
  wrongHead("one bare line feed", head("Host: localhost\nX: b\r\n")),
  wrongHead("a bare carriage return", head("Host: localhost\rX: b\r\n")),
  wrongHead("NUL in a value", head("Host: localhost\r\nX: a\0b\r\n")),
  wrongHead("NUL in the path", `GET /api/\0 HTTP/1.1\r\nHost: localhost\r\n\r\n`, wrongVersion),
  wrongHead("a folded header", head("Host: localhost\r\nX: a\r\n b\r\n")),
  wrongHead("a fold before the first header", `GET ${path} HTTP/1.1\r\n Host: localhost\r\n\r\n`),
  wrongHead("a space in a name", head("Host: localhost\r\nX Y: b\r\n")),
  wrongHead("a header without a colon", head("Host: localhost\r\nXY\r\n")),
  wrongHead("a header without a name", head("Host: localhost\r\n: b\r\n")),
  wrongHead("HTTP/0.9", `GET ${path}\r\n\r\n`, wrongVersion),
  wrongHead("HTTP/2.0", `GET ${path} HTTP/2.0\r\nHost: localhost\r\n\r\n`, wrongVersion),
  wrongHead("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", wrongVersion),
  wrongHead("the start of TLS", "\x16\x03\x01\x02\x00\x01\x00", refused),
  wrongHead("two spaces", `GET  ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`),
  wrongHead("a space in the path", "GET /api/customers /1 HTTP/1.1\r\nHost: localhost\r\n\r\n", wrongVersion),
  { ...wrongHead("TRACE", `TRACE ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`, [[405]]), problem: true },
  { ...wrongHead("TRACE of nothing", "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", [[405]]), problem: true },
  { ...wrongHead("CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", [[405]]), problem: true },
  { ...wrongHead("PATCH", `PATCH ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`, [[405]]), problem: true },
  wrongHead("a method that is none", `FROB ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`, [
    [405],
    [501],
    [400],
    ["cut"],
  ]),
  wrongHead("a method in small letters", `get ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`, [
    [405],
    [501],
    [400],
    ["cut"],
  ]),
  wrongHead("OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", [[400], [204], [404]]),
];

const long = (length: number) => "x".repeat(length);
const fields = (count: number) => Array.from({ length: count }, (_, index) => `X-${index}: y\r\n`).join("");

const limits: readonly RawCase[] = [
  { ...wrongHead("a URL of 9 KB", get(1, "", `${path}?q=${long(9000)}`), [[414]]), problem: true },
  wrongHead("a URL of 20 KB", get(1, "", `${path}?q=${long(20_000)}`), [[414], [431]]),
  { ...wrongHead("110 header fields", get(1, fields(110)), [[431]]), problem: true },
  wrongHead("300 header fields", get(1, fields(300)), [[431]]),
  wrongHead("a header of 20 KB", get(1, `X: ${long(20_000)}\r\n`), [[431]]),
  wrongHead("90 header fields", get(1, fields(90)), [[200]]),
  {
    name: "300 KB",
    pieces: [post("Content-Length: 300000", long(300_000))],
    requests: 1,
    allowed: [[413]],
    problem: true,
  },
  {
    name: "5 MB, sent to the end before the answer is read",
    pieces: [post("Content-Length: 5000000", ""), ...Array.from({ length: 50 }, () => long(100_000))],
    requests: 1,
    allowed: [[413]],
    problem: true,
  },
  {
    name: "300 KB in chunks, without a length",
    pieces: [post(chunked, ""), ...Array.from({ length: 3 }, () => chunkOf(long(100_000))), "0\r\n\r\n"],
    requests: 1,
    allowed: [[413]],
    problem: true,
  },
  {
    name: "100 GB announced",
    pieces: [post("Content-Length: 100000000000", long(1000))],
    requests: 1,
    allowed: [[413]],
  },
  {
    name: "a body that stops",
    pieces: [post("Content-Length: 100", '{"company":')],
    requests: 1,
    allowed: [[408]],
    problem: true,
  },
];

/** Requests sent before the previous one is answered: all answers come in order, or the connection ends. */
const pipelines: readonly RawCase[] = [
  {
    name: "two reads in one packet",
    pieces: [get(1) + get(2)],
    requests: 2,
    allowed: [[200, 200], [200, "cut"], ["cut"]],
  },
  {
    name: "a read while the previous one is in flight",
    pieces: [get(1), 1, get(2)],
    requests: 2,
    allowed: [[200, 200], [200, "cut"], ["cut"]],
  },
  {
    name: "health and a read",
    pieces: [get(1, "", "/livez") + get(2)],
    requests: 2,
    allowed: [[200, 200]],
  },
  {
    name: "a write and a read in one packet",
    pieces: [post("Content-Length: 28", '{"company":"pipelined one"} ') + get(2)],
    requests: 2,
    allowed: [[201, 200], [201, "cut"], ["cut"]],
    company: "pipelined one",
  },
  {
    name: "a read with a body that looks like a request",
    pieces: [get(1, `Content-Length: ${get(9).length}\r\n`) + get(9)],
    requests: 1,
    allowed: [[200]],
  },
  {
    name: "a refused body, the rest of it, and a read",
    pieces: [post("Content-Length: 300000", long(100)), 50, long(299_900), 50, get(2)],
    requests: 2,
    allowed: [
      [413, 200],
      [413, "cut"],
    ],
  },
  {
    name: "chunks with an extension, as they should be",
    pieces: [post(chunked, '1a;a="b"\r\n{"company":"in chunks 01"}\r\n0\r\n\r\n')],
    requests: 1,
    allowed: [[201], [400]],
    company: "in chunks 01",
  },
  {
    name: "chunks byte by byte",
    pieces: [
      post(chunked, ""),
      ...Array.from('1a\r\n{"company":"in chunks 02"}\r\n0\r\n\r\n').flatMap((byte) => [byte, 1]),
    ],
    requests: 1,
    allowed: [[201]],
    company: "in chunks 02",
  },
];

/** Every case. */
export const rawCases: readonly RawCase[] = [...hosts, ...framings, ...heads, ...limits, ...pipelines];
