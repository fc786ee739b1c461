import { ApiError } from "../contract/answer.ts";

const maxUrlLength = 8192;
const maxHeaderFields = 100;

const idPattern = /^[A-Za-z0-9._:-]{1,64}$/;
/** Unlike in every other process; the counter makes it unlike every other request of this one. */
const processPart = crypto.randomUUID().slice(0, 13);
let requestCount = 0;

/** The id that the client gave, when it is a sane one, else a new one. */
export function requestId(request: Request): string {
  const given = request.headers.get("x-request-id");
  if (given !== null && idPattern.test(given)) return given;
  requestCount += 1;
  return `${processPart}-${requestCount.toString(36)}`;
}

/** A name, or an address in brackets, with or without a port. Bun joins several `Host` fields by commas. */
const hostPattern = /^(?:[a-z0-9_.~-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;
/** The last good one: nearly every request names the same. */
let knownHost: string | null = null;

/** The head as a whole. Its size is limited by Bun (16 KB, 431): to add it up would cost each request more than a microsecond. */
export function checkHead({ headers }: Request): void {
  const host = headers.get("host");
  // Only HTTP/1.0 may come without: Bun refuses HTTP/1.1 that does.
  if (host !== knownHost && host !== null) {
    if (!hostPattern.test(host))
      throw new ApiError(
        "bad-request",
        "There must be one Host header: a name or an address, with or without a port.",
        {
          headers: closing,
        },
      );
    knownHost = host;
  }
  if (headers.count > maxHeaderFields)
    throw new ApiError("too-large", `The request has more than ${maxHeaderFields} header fields.`, { status: 431 });
}

/** After a request that was not read to its end, or not understood, nothing else is taken from its connection. */
const closing = { connection: "close" };

/** The text behind the question mark. */
export function checkUrl(url: string): string {
  if (url.length > maxUrlLength)
    throw new ApiError("too-large", `The URL is longer than ${maxUrlLength} characters.`, { status: 414 });
  const mark = url.indexOf("?");
  return mark < 0 ? "" : url.slice(mark + 1);
}

/** JSON is what there is, but for files; a client that takes anything, or nothing in particular, takes it too. */
export function checkAccept(request: Request, type: "text/csv" | "application/json" = "application/json"): void {
  const accept = request.headers.get("accept");
  if (accept === null || accept === "*/*" || accept === type || accept === "") return;
  if (!accept.split(",").some((part) => accepts(part, type)))
    throw new ApiError("not-acceptable", `What is here is in ${type} only.`);
}

const ranges = {
  "application/json": new Set(["*/*", "application/*", "application/json", "application/problem+json"]),
  "text/csv": new Set(["*/*", "text/*", "text/csv"]),
} as const;

function accepts(part: string, type: keyof typeof ranges): boolean {
  const [range = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
  return ranges[type].has(range) && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
}
