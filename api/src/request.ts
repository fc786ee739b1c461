import { ApiError } from "./answer.ts";

const maxUrlLength = 8192;
const maxBodyBytes = 256 * 1024;

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

/** The text behind the question mark. */
export function checkUrl(url: string): string {
  if (url.length > maxUrlLength)
    throw new ApiError("too-large", `The URL is longer than ${maxUrlLength} characters.`, { status: 414 });
  const mark = url.indexOf("?");
  return mark < 0 ? "" : url.slice(mark + 1);
}

/** The path in its one form: a trailing slash means the same as none. */
export function pathnameOf(url: string): string {
  return new URL(url).pathname.replace(/\/$/, "");
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

/** The bytes of the body: JSON by its content type, UTF-8, not too many. */
export async function readBody(request: Request): Promise<Uint8Array> {
  const type = request.headers.get("content-type") ?? "";
  if (
    !/^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type) ||
    request.headers.has("content-encoding")
  )
    throw new ApiError("unsupported-media-type", "The body must be application/json in UTF-8, not compressed.", {
      headers: { accept: "application/json" },
    });
  if (Number(request.headers.get("content-length") ?? 0) > maxBodyBytes) throw tooLarge();
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > maxBodyBytes) throw tooLarge();
  return bytes;
}

function tooLarge(): ApiError {
  return new ApiError("too-large", `The body is larger than ${maxBodyBytes / 1024} KB.`);
}
