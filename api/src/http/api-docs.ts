import { readFileSync } from "node:fs";
import { isSingleFile, projectFile } from "../start/paths.ts";

/** All assets of the API page come from the `swagger-ui-dist` package, so it works offline and with a strict policy. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Northwind Orders API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<link rel="icon" href="/api/docs/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`;

const options = `{ url: "/api/openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null }`;
const start = `SwaggerUIBundle(${options});\n`;

const assets = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "favicon-32x32.png": "image/png",
} as const;

const openApiFile = projectFile("api/openapi.json");

/** The path of an asset. The package may be installed in any folder above this one. */
function assetFile(name: string): string {
  return isSingleFile ? projectFile(name) : Bun.resolveSync(`swagger-ui-dist/${name}`, import.meta.dir);
}

/** All files that the handlers serve. `npm run build` puts them into the single file. */
export function documentFiles(): string[] {
  return [openApiFile, ...Object.keys(assets).map(assetFile)];
}

/** Returns a response with one file. Throws, or rejects with, an `ApiError` if the request is refused. */
export type FileHandler = (request: Request) => Response | Promise<Response>;

/** The handlers for the API page and the OpenAPI document, by path. A file is read when it is first requested. */
export function createDocs(): Record<string, FileHandler> {
  const files: Record<string, FileHandler> = {
    "/api/openapi.json": () => file(openApiFile, "application/json"),
    "/api/docs": () => new Response(page, { headers: headers("text/html; charset=utf-8") }),
    "/api/docs/start.js": () => new Response(start, { headers: headers("text/javascript; charset=utf-8") }),
  };
  for (const [name, type] of Object.entries(assets))
    files[`/api/docs/${name}`] = () => file(assetFile(name), type, "public, max-age=86400");
  return files;
}

const contents = new Map<string, Uint8Array<ArrayBuffer>>();

/**
 * Caches the file in memory and responds with its bytes. For a `Bun.file`, Bun would buffer every response to a client
 * that sends requests but reads nothing (16 MB for 80 requests); for bytes, it waits until the client has read.
 */
function file(path: string, type: string, cache?: string): Response {
  const bytes = contents.get(path) ?? new Uint8Array(readFileSync(path));
  contents.set(path, bytes);
  return new Response(bytes, { headers: headers(type, cache) });
}

function headers(type: string, cache = "no-cache"): Record<string, string> {
  return {
    "content-type": type,
    "cache-control": cache,
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
  };
}
