import { type Border, foreignOrigin, misdirected } from "../border.ts";
import { ApiError, type FileType, fileTypes } from "../contract/answer.ts";

const maxUrlLength = 8192;
const maxHeaderFields = 100;

const idPattern = /^[A-Za-z0-9._:-]{1,64}$/;
/** Unique per process. The counter makes ids unique within the process. */
const processPart = crypto.randomUUID().slice(0, 13);
let requestCount = 0;

/** Returns a new id for a request. */
export function newRequestId(): string {
  requestCount += 1;
  return `${processPart}-${requestCount.toString(36)}`;
}

/** Returns the client's `X-Request-Id` if it is valid, otherwise null. */
export function clientRequestId(request: Request): string | null {
  const given = request.headers.get("x-request-id");
  return given !== null && idPattern.test(given) ? given : null;
}

/** A name or a bracketed address with an optional port. Bun joins several `Host` fields with commas. */
const hostPattern = /^(?:[a-z0-9_.~-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * Checks the head of a request. Throws 400 `bad-request`, 421 `misdirected` or 431 `too-large`. Bun limits its size
 * itself (16 KB, 431); adding it up here would cost each request more than a microsecond.
 */
export function checkHead({ headers }: Request, border: Border): void {
  const host = headers.get("host");
  // Only HTTP/1.0 requests may lack it: Bun refuses other ones.
  if (host !== null && !border.admits(host)) throw wrongHost(host);
  if (headers.count > maxHeaderFields)
    throw new ApiError("too-large", `The request has more than ${maxHeaderFields} header fields.`, { status: 431 });
}

function wrongHost(host: string): ApiError {
  if (hostPattern.test(host)) return new ApiError("misdirected", misdirected(host));
  const message = "The request must have one Host header: a name or an address, with or without a port.";
  return new ApiError("bad-request", message, { headers: closing });
}

/** Throws 403 `foreign-origin` if a page of another server asks for a change. */
export function checkOrigin({ headers }: Request, border: Border): void {
  if (!border.allowsChange((name) => headers.get(name))) throw new ApiError("foreign-origin", foreignOrigin);
}

/** Closes the connection, because a request that was not understood may leave bytes behind. */
const closing = { connection: "close" };

/** Returns the text after the question mark. Throws 414 `too-large` if the URL is too long. */
export function checkUrl(url: string): string {
  if (url.length > maxUrlLength)
    throw new ApiError("too-large", `The URL is longer than ${maxUrlLength} characters.`, { status: 414 });
  const mark = url.indexOf("?");
  return mark < 0 ? "" : url.slice(mark + 1);
}

/** Throws 406 `not-acceptable` unless the client accepts the type. Without an `Accept` header it accepts any. */
export function checkAccept(request: Request, types: readonly AnsweredType[] = onlyJson): void {
  const accept = request.headers.get("accept");
  if (accept === null || accept === "*/*" || accept === types[0] || accept === "") return;
  const parts = accept.split(",");
  if (!parts.some((part) => types.some((type) => accepts(part, type))))
    throw new ApiError("not-acceptable", `This resource is available only as ${types.join(" or ")}.`);
}

type AnsweredType = FileType | "application/json";
const onlyJson = ["application/json"] as const;

const ranges = {
  "application/json": new Set<string>(["*/*", "application/*", "application/json", "application/problem+json"]),
  [fileTypes.csv]: new Set<string>(["*/*", "text/*", fileTypes.csv]),
  [fileTypes.png]: new Set<string>(["*/*", "image/*", fileTypes.png]),
  [fileTypes.jpeg]: new Set<string>(["*/*", "image/*", fileTypes.jpeg]),
  [fileTypes.xlsx]: new Set<string>(["*/*", "application/*", fileTypes.xlsx]),
} as const;

function accepts(part: string, type: keyof typeof ranges): boolean {
  const [range = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
  return ranges[type].has(range) && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
}
