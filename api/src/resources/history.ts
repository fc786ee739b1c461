import type { Api } from "../api.ts";
import { ApiError, okList } from "../contract/answer.ts";
import { readCursor, writeCursor } from "../contract/cursor.ts";
import { object } from "../contract/object.ts";
import { cursor, limit, refuseCursor } from "../contract/query-parameters.ts";
import { type Route, route } from "../contract/route.ts";
import { array, dateTime, id, none, type Schema, text } from "../contract/schema.ts";
import { entriesOfResource } from "../writes/audit/queries.ts";

/** A resource as it was answered at the time: its members are those of its own schema then. */
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
  /** Whether there is such a resource now. */
  readonly exists: (id: number) => Promise<boolean>;
}

/** Who changed one resource, when and how, from the first change that was recorded. A deleted resource keeps its history. */
export function historyRoute({ database }: Api, { singular, plural, exists }: Audited): Route {
  return route({
    method: "GET",
    path: `/api/${plural}/{id}/history` as const,
    tag: plural,
    summary: `List every change of one ${singular}`,
    description:
      "The oldest first, without gaps. `hash` is SHA-256 of the JSON list [resource, id, sequence, happened_at, principal, " +
      "request_id, write_id, action, before, after, previous_hash], with the states as their stored text.",
    query: { limit: limit(1000, 1000), cursor },
    body: none,
    data: array(entry),
    paged: true,
    refusals: ["not-found"],
    async handle({ path, query }) {
      const after = query.cursor === null ? 0 : readSequence(query.cursor);
      const asked = { resource: singular, resource_id: path.id, after, rows: query.limit + 1 };
      const found = await database.all(entriesOfResource, asked);
      if (found.length === 0 && after === 0 && !(await exists(path.id)))
        throw new ApiError("not-found", `There is no such ${singular}, and there was none.`);
      const page = found.slice(0, query.limit);
      const last = found.length > page.length ? page.at(-1) : undefined;
      const data = page.map(({ before_state, after_state, ...row }) => ({
        ...row,
        before: parsed(before_state),
        after: parsed(after_state),
      }));
      const next_cursor = last === undefined ? null : writeCursor([last.sequence]);
      return okList("History retrieved", data, { limit: query.limit, next_cursor });
    },
  });
}

function parsed(stored: string | null): unknown {
  return stored === null ? null : JSON.parse(stored);
}

function readSequence(given: string): number {
  const [sequence, ...rest] = readCursor(given);
  if (typeof sequence !== "number" || !Number.isSafeInteger(sequence) || rest.length > 0) throw refuseCursor();
  return sequence;
}
