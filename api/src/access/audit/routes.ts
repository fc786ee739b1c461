import { type CalendarDate, dateTime as dateTimeOf, type RowOf } from "sqlproof";
import type { Api } from "../../api.ts";
import { okList } from "../../contract/answer.ts";
import { readCursor, writeCursor } from "../../contract/cursor.ts";
import { exactText } from "../../contract/filter-parameters.ts";
import { object } from "../../contract/object.ts";
import { cursor, day, idFilter, limit, refuseCursor } from "../../contract/query-parameters.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, dateTime, id, integer, none, nullable, type Of, type Schema, text } from "../../contract/schema.ts";
import { auditPage } from "./queries.ts";

/** How and from where, of an entry about somebody's access; null of a change of a resource. */
const about: Schema<unknown> = {
  jsonSchema: () => ({ type: ["object", "null"] }),
  read: () => undefined,
};

const entry = object("AuditEntry", {
  entry_id: id,
  resource: text(20),
  /** Of an entry about access: the user, or 0 if it is not known whose it was. */
  resource_id: integer({ min: 0, max: 2_147_483_647 }),
  sequence: id,
  happened_at: dateTime,
  principal: text(100),
  request_id: text(64),
  client_request_id: nullable(text(64)),
  action: text(10),
  version: nullable(integer({ min: 0, max: 2_147_483_647 })),
  about,
});

/** An id that no entry has: the page begins with the newest. */
const beyond = 9_007_199_254_740_991;

/** The route of the whole audit log: who changed what, and when. What exactly is in the history of each resource. */
export function auditRoutes({ database }: Api): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/api/audit",
      right: "read-audit",
      tag: "audit",
      summary: "List who changed what, the newest first",
      description:
        "`principal` is the number and the name of a user, and of the token, as the entries write it. Entries of the " +
        "resource `access` say what happened to a user's access, and `about` says how and from where.",
      query: {
        principal: exactText("Entries of this principal.", 100),
        user_id: idFilter("Entries of the user with this id, and of the user's tokens."),
        resource: exactText("Changes of resources of this kind, like order; `access` for sign-ins and the like.", 20),
        resource_id: idFilter("Changes of the resource with this id."),
        from: day("Changes of this day (UTC) or later."),
        to: day("Changes of this day (UTC) or earlier."),
        limit: limit(100, 1000),
        cursor,
      },
      body: none,
      data: array(entry),
      paged: true,
      async handle({ query }) {
        const { principal, user_id, resource, resource_id, from, to, limit: most } = query;
        const since = from === null ? null : dateTimeOf(`${from}T00:00:00`);
        const until = to === null ? null : dayAfter(to);
        const before = query.cursor === null ? beyond : readEntryId(query.cursor);
        const wanted = { principal, ...beginningsOf(user_id), resource, resource_id, since, until };
        const rows = await database.all(auditPage, { ...wanted, before, rows: most + 1 });
        const page = rows.slice(0, most);
        const last = rows.length > page.length ? page.at(-1) : undefined;
        const next_cursor = last === undefined ? null : writeCursor([last.entry_id]);
        return okList("Audit log retrieved", page.map(shown), { limit: most, next_cursor });
      },
    }),
  ];
}

function shown({ about: stored, ...row }: RowOf<typeof auditPage>): Of<typeof entry> {
  return { ...row, about: stored === null ? null : JSON.parse(stored) };
}

/** The range of texts in which a user's principals lie: they begin with the id and a space, and `!` sorts right after it. */
function beginningsOf(userId: number | null) {
  return userId === null
    ? { user_begins: null, user_ends: "" }
    : { user_begins: `${userId} `, user_ends: `${userId}!` };
}

function dayAfter(day: CalendarDate) {
  const dayMs = 24 * 60 * 60 * 1000;
  return dateTimeOf(new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 19));
}

function readEntryId(given: string): number {
  const [before, ...rest] = readCursor(given);
  if (typeof before !== "number" || !Number.isSafeInteger(before) || rest.length > 0) throw refuseCursor();
  return before;
}
