// The logo of the company: a PNG or a JPEG that the pages print. It is read, replaced and taken away on its own, so that
// nobody who reads or changes the company carries its bytes.
import type { RowOf, Transaction } from "sqlproof";
import type { Api } from "../../api.ts";
import { ApiError, ok } from "../../contract/answer.ts";
import { idFilter } from "../../contract/query-parameters.ts";
import { type Route, route } from "../../contract/route.ts";
import { none, nullable, type Schema } from "../../contract/schema.ts";
import { dryRun, type WriteContext } from "../../contract/write-headers.ts";
import { historyDeclaration, historyPage } from "../../resources/history.ts";
import { etagOf, isStale, requireVersion, staleError } from "../../writes/preconditions.ts";
import { runWrite } from "../../writes/run-write.ts";
import { logo, logoTypes, logoUpload, noLogo, shownLogo } from "./fields.ts";
import { lockLogo, logoContent, logoRow, updateLogo } from "./queries.ts";

const tag = "company";
const path = "/api/company/logo";
const resource = "company_logo";
/** The id of the one row. */
const id = 1;

/** A browser shows an image again that it has shown at the same address on the same page, however old that one is. */
const version = idFilter("Means nothing here: with the version of the logo, each logo has an address of its own.");

/** Bytes, about which JSON Schema says nothing. */
const image: Schema<null> = { jsonSchema: () => ({}), read: () => null };

/** The routes of the logo. */
export function logoRoutes(api: Api): readonly Route[] {
  return [getRoute(api), uploadRoute(api), removeRoute(api), historyRoute(api)];
}

function getRoute({ database }: Api): Route {
  return route({
    method: "GET",
    path,
    right: "read-company",
    tag,
    summary: "Get the logo of the company",
    description: "The image as it was uploaded. Send its ETag as `If-None-Match` to get it only when it has changed.",
    query: { version },
    body: none,
    data: image,
    files: logoTypes,
    refusals: ["not-found"],
    async handle() {
      const { media_type, content, ...row } = await database.one(logoContent);
      const type = logoTypes.find((known) => known === media_type);
      if (type === undefined || content === null) throw noSuchLogo();
      return { image: new Uint8Array(content), type, etag: etagOf(row) };
    },
  });
}

function uploadRoute({ database }: Api): Route {
  return route({
    method: "PUT",
    path,
    right: "write-company",
    proof: true,
    tag,
    summary: "Upload the logo of the company",
    description:
      "The body is the image itself, and `Content-Type` says which of the two it is. It replaces the logo that there is.",
    query: { dry_run: dryRun },
    body: logoUpload,
    data: logo,
    refusals: ["precondition", "image"],
    handle: ({ body, query, context }) =>
      runWrite(database, context, query.dry_run, async (tx) => {
        const before = await lockedLogo(tx, context);
        const change = await changeLogo(tx, before, body);
        return { answer: ok("Logo uploaded", change.after, `"${change.version}"`), change };
      }),
  });
}

function removeRoute({ database }: Api): Route {
  return route({
    method: "DELETE",
    path,
    right: "write-company",
    proof: true,
    tag,
    summary: "Remove the logo of the company",
    query: { dry_run: dryRun },
    body: none,
    data: nullable(logo),
    refusals: ["not-found", "precondition"],
    handle: ({ query, context }) =>
      runWrite(database, context, query.dry_run, async (tx) => {
        const before = await lockedLogo(tx, context);
        if (before.media_type === null) throw noSuchLogo();
        const change = await changeLogo(tx, before, noLogo);
        return { answer: ok("Logo removed", null), change };
      }),
  });
}

function historyRoute({ database }: Api): Route {
  return route({
    method: "GET",
    path: `${path}/history`,
    right: "read-company",
    tag,
    summary: "List all changes of the logo of the company",
    ...historyDeclaration,
    handle: ({ query }) => historyPage(database, { resource, id }, query),
  });
}

type Row = RowOf<typeof logoRow>;

/** Locks the logo. Throws 412 if it is not the one that the client has seen; without a logo there is none to exclude. */
async function lockedLogo(tx: Transaction, context: WriteContext): Promise<Row> {
  await tx.one(lockLogo);
  const row = await tx.one(logoRow);
  const seen = row.media_type === null && context.ifNoneMatch === "any" ? { ...context, ifNoneMatch: null } : context;
  if (isStale(seen, row)) throw staleError(row, "logo", shownLogo(row), context);
  return row;
}

type Columns = Omit<Row, "id" | "version"> & { readonly content: Uint8Array | null };

/** Stores other columns. What is recorded are the hash and the size, never the bytes. */
async function changeLogo(tx: Transaction, row: Row, columns: Columns) {
  requireVersion(await tx.run(updateLogo, { ...columns, version: row.version }));
  const written = await tx.one(logoRow);
  return { resource, id, version: written.version, before: shownLogo(row), after: shownLogo(written) } as const;
}

function noSuchLogo(): ApiError {
  return new ApiError("not-found", "The company has no logo: upload one with PUT.");
}
