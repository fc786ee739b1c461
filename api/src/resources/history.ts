import type { Database } from "sqlproof";
import type { Api } from "../api.ts";
import { ApiError, okList } from "../contract/answer.ts";
import { readCursor, writeCursor } from "../contract/cursor.ts";
import { object } from "../contract/object.ts";
import { cursor, limit, refuseCursor } from "../contract/query-parameters.ts";
import { type Route, route } from "../contract/route.ts";
import { array, dateTime, id, none, nullable, type Schema, text } from "../contract/schema.ts";
import type { Right } from "../rights/rights.ts";
import { entriesOfResource } from "../writes/audit/queries.ts";
import { withArticle, words } from "./names.ts";

/** The state of a resource as the API returned it at that time. Its members are those of the resource's schema then. */
const state: Schema<unknown> = {
  jsonSchema: () => ({ type: ["object", "null"] }),
  read: () => undefined,
};

const hash = text(64);

const entry = object("HistoryEntry", {
  sequence: id,
  happened_at: dateTime,
  principal: text(100),
  request_id: text(64),
  client_request_id: nullable(text(64)),
  write_id: text(36),
  action: text(10),
  before: state,
  after: state,
  previous_hash: hash,
  hash,
});

interface Audited {
  readonly singular: string;
  readonly plural: string;
  readonly right: Right;
  /** Whether the resource exists now. */
  readonly exists: (id: number) => Promise<boolean>;
}

/** What every route for recorded changes declares. */
export const historyDeclaration = {
  description:
    "The oldest change comes first; sequence numbers have no gaps. `hash` is the SHA-256 of the JSON list " +
    "[resource, id, sequence, happened_at, principal, request_id, write_id, action, before, after, previous_hash], " +
    "in which the states are their stored text, followed by `client_request_id` (the `X-Request-Id` of the client) " +
    "unless it is null.",
  query: { limit: limit(1000, 1000), cursor },
  body: none,
  data: array(entry),
  paged: true,
} as const;

/** The route for the recorded changes of a resource. The history remains available after the resource is deleted. */
export function historyRoute({ database }: Api, { singular, plural, right, exists }: Audited): Route {
  return route({
    method: "GET",
    path: `/api/${plural}/{id}/history` as const,
    right: right,
    tag: plural,
    summary: `List all changes of ${withArticle(singular)}`,
    ...historyDeclaration,
    refusals: ["not-found"],
    async handle({ path, query }) {
      const history = await historyPage(database, { resource: singular, id: path.id }, query);
      if (history.rows === 0 && query.cursor === null && !(await exists(path.id)))
        throw new ApiError("not-found", `There is no such ${words(singular)}, and there never was.`);
      return history;
    },
  });
}

/** One page of the recorded changes of a resource. */
export async function historyPage(
  database: Database,
  { resource, id: resource_id }: { readonly resource: string; readonly id: number },
  query: { readonly limit: number; readonly cursor: string | null },
) {
  const after = query.cursor === null ? 0 : readSequence(query.cursor);
  const found = await database.all(entriesOfResource, { resource, resource_id, after, rows: query.limit + 1 });
  const page = found.slice(0, query.limit);
  const last = found.length > page.length ? page.at(-1) : undefined;
  const data = page.map(({ before_state, after_state, ...row }) => ({
    ...row,
    before: parsed(before_state),
    after: parsed(after_state),
  }));
  const next_cursor = last === undefined ? null : writeCursor([last.sequence]);
  return okList("History retrieved", data, { limit: query.limit, next_cursor });
}

function parsed(stored: string | null): unknown {
  return stored === null ? null : JSON.parse(stored);
}

function readSequence(given: string): number {
  const [sequence, ...rest] = readCursor(given);
  if (typeof sequence !== "number" || !Number.isSafeInteger(sequence) || rest.length > 0) throw refuseCursor();
  return sequence;
}
