/** A coding that a client may ask for and that Bun has built in. */
export type Coding = "gzip" | "zstd";

/** Shorter answers are not compressed: it would cost more time than it saves (docs/decisions/0086-sent-back-and-conditional.md). */
const minBytes = 32 * 1024;
/** The fastest level. The next ones take several times as long and save little. */
const level = 1;

/** Whether a body of this length is worth compressing. Text counts its characters. */
export function isLong(body: string | Uint8Array): boolean {
  return body.length >= minBytes;
}

/** The coding that a client prefers among those that it accepts, or null if it accepts none. */
export function acceptedCoding({ headers }: Pick<Request, "headers">): Coding | null {
  const header = headers.get("accept-encoding");
  if (header === null || header === "identity") return null;
  const weights = new Map(header.split(",").map(weightOf));
  const weightFor = (coding: string) => weights.get(coding) ?? weights.get("*") ?? 0;
  const [gzip, zstd] = [weightFor("gzip"), weights.get("zstd") ?? 0];
  if (Math.max(gzip, zstd) === 0) return null;
  return zstd >= gzip ? "zstd" : "gzip";
}

function weightOf(part: string): [coding: string, weight: number] {
  const [coding = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  return [coding, weight === undefined ? 1 : Number(weight) || 0];
}

/** What an answer has been compressed to, so that one answer for several clients is compressed once. */
const compressed = new WeakMap<Uint8Array, Map<Coding, Uint8Array<ArrayBuffer>>>();

/** Compresses a body. */
export function compress(body: string | Uint8Array<ArrayBuffer>, coding: Coding): Uint8Array<ArrayBuffer> {
  if (typeof body === "string") return compressBytes(new TextEncoder().encode(body), coding);
  const known = compressed.get(body) ?? new Map<Coding, Uint8Array<ArrayBuffer>>();
  compressed.set(body, known);
  const bytes = known.get(coding) ?? compressBytes(body, coding);
  known.set(coding, bytes);
  return bytes;
}

function compressBytes(bytes: Uint8Array<ArrayBuffer>, coding: Coding): Uint8Array<ArrayBuffer> {
  return new Uint8Array(coding === "gzip" ? Bun.gzipSync(bytes, { level }) : Bun.zstdCompressSync(bytes, { level }));
}

/** Compresses a file while it is sent. If the file fails, the stream fails as well. */
export function compressStream(
  file: ReadableStream<ArrayBuffer | ArrayBufferView<ArrayBuffer>>,
  coding: Coding,
): ReadableStream<Uint8Array> {
  return file.pipeThrough(new CompressionStream(coding));
}
