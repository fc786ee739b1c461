import { type CalendarDate, dateTime as dateTimeOf } from "sqlproof";
import type { Api } from "../../api.ts";
import { okList } from "../../contract/answer.ts";
import { readCursor, writeCursor } from "../../contract/cursor.ts";
import { exactText } from "../../contract/filter-parameters.ts";
import { object } from "../../contract/object.ts";
import { cursor, day, idFilter, limit, refuseCursor } from "../../contract/query-parameters.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, dateTime, id, integer, none, nullable, text } from "../../contract/schema.ts";
import { auditPage } from "./queries.ts";

const entry = object("AuditEntry", {
  entry_id: id,
  resource: text(20),
  resource_id: id,
  sequence: id,
  happened_at: dateTime,
  principal: text(100),
  request_id: text(64),
  client_request_id: nullable(text(64)),
  action: text(10),
  version: nullable(integer({ min: 0, max: 2_147_483_647 })),
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
      description: "`principal` is the number and the name of a user, and of the token, as the entries write it.",
      query: {
        principal: exactText("Changes by this principal.", 100),
        resource: exactText("Changes of resources of this kind, like order.", 20),
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
        const { principal, resource, resource_id, from, to, limit: most } = query;
        const since = from === null ? null : dateTimeOf(`${from}T00:00:00`);
        const until = to === null ? null : dayAfter(to);
        const before = query.cursor === null ? beyond : readEntryId(query.cursor);
        const wanted = { principal, resource, resource_id, since, until };
        const rows = await database.all(auditPage, { ...wanted, before, rows: most + 1 });
        const page = rows.slice(0, most);
        const last = rows.length > page.length ? page.at(-1) : undefined;
        const next_cursor = last === undefined ? null : writeCursor([last.entry_id]);
        return okList("Audit log retrieved", page, { limit: most, next_cursor });
      },
    }),
  ];
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
