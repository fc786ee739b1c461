import type { Api } from "../api.ts";
import { type Answer, okList, type Page } from "../contract/answer.ts";
import { readCursor, writeCursor } from "../contract/cursor.ts";
import { object } from "../contract/object.ts";
import { choices, cursor, limit, type Parameter, refuseCursor } from "../contract/query-parameters.ts";
import { type Route, route } from "../contract/route.ts";
import {
  array,
  dateTime,
  id,
  integer,
  none,
  nullable,
  type Of,
  optional,
  type Schema,
  text,
} from "../contract/schema.ts";
import { auditedResources } from "../writes/audit/record.ts";
import { type FeedRow, type FeedRowWithStates, readFeed } from "./feed.ts";

/** A resource as the API returned it at that time. Its members are those of the resource's schema then. */
const state: Schema<unknown> = {
  jsonSchema: () => ({ type: ["object", "null"] }),
  read: () => undefined,
};

const largest = Number.MAX_SAFE_INTEGER;

const change = object("Change", {
  sequence: integer({ min: 1, max: largest }),
  happened_at: dateTime,
  resource: text(20),
  id,
  action: text(10),
  version: nullable(integer({ min: 0, max: 2_147_483_647 })),
  history_sequence: id,
  principal: text(100),
  request_id: text(64),
  client_request_id: nullable(text(64)),
  fields: optional(array(text(100))),
  before: optional(state),
  after: optional(state),
});

type Change = Of<typeof change>;

/** A page with the states of large orders must still be answered in time. */
const maxWithStates = 100;

const after: Parameter<number | "latest"> = {
  schema: { anyOf: [{ type: "integer", minimum: 0, maximum: largest }, { const: "latest" }], default: 0 },
  description:
    "Begin after this entry: the `page.last_sequence` of the last answer. 0 begins with the oldest entry; `latest` " +
    "answers no entry, but the number with which to begin later.",
  absent: 0,
  read(text) {
    if (text === "latest") return { value: text };
    const isNumber = /^(?:0|[1-9][0-9]{0,15})$/.test(text) && Number.isSafeInteger(Number(text));
    return isNumber ? { value: Number(text) } : { message: "Must be a plain whole number, like 42, or latest." };
  },
};

/** The feed of changes. */
export function changeRoutes({ database }: Pick<Api, "database">): readonly Route[] {
  const feed = route({
    method: "GET",
    path: "/api/changes",
    right: "read-changes",
    tag: "changes",
    summary: "List what was created, changed and deleted",
    description:
      "All changes of all resources, the oldest first. Sequence numbers grow in the order in which entries appear: " +
      "whoever sends the `page.last_sequence` of one answer as `after` of the next sees every change once, however " +
      "many clients write at the same time. `version` is the version after the change, null after a deletion; " +
      "`history_sequence` is the number of the change in the history of its resource. With `include=fields` an entry " +
      `also has the names of the changed fields and the states before and after, and a page ${maxWithStates} entries ` +
      "at most. A page may have fewer entries than its limit, even none; it is the last one if `next_cursor` is null.",
    query: {
      after,
      resource: choices(auditedResources, "Only changes of these resources, separated by commas."),
      include: choices(["fields"], "`fields` adds what changed."),
      limit: limit(1000, 1000),
      cursor,
    },
    body: none,
    data: array(change),
    paged: true,
    async handle({ query }): Promise<Answer<readonly Change[]>> {
      const withStates = query.include.has("fields");
      const { rows, last, isMore } = await readFeed(database, {
        after: query.cursor === null ? query.after : readSequence(query.cursor),
        resources: query.resource.size === 0 ? auditedResources : [...query.resource],
        limit: withStates ? Math.min(query.limit, maxWithStates) : query.limit,
        withStates,
      });
      const page: Page = {
        limit: query.limit,
        next_cursor: isMore ? writeCursor(["changes", last]) : null,
        last_sequence: last,
      };
      return okList("Changes retrieved", rows.map(shown), page);
    },
  });
  return [feed];
}

function shown(row: FeedRow | FeedRowWithStates): Change {
  const { feed_sequence, happened_at, resource, resource_id, action, version, sequence, principal } = row;
  const { request_id, client_request_id } = row;
  const entry = {
    ...{ sequence: feed_sequence ?? 0, happened_at, resource, id: resource_id, action, version },
    ...{ history_sequence: sequence, principal, request_id, client_request_id },
  };
  if (!("before_state" in row)) return entry;
  const [before, after] = [parsed(row.before_state), parsed(row.after_state)];
  return { ...entry, fields: changedFields(before, after), before, after };
}

function parsed(stored: string | null): unknown {
  return stored === null ? null : JSON.parse(stored);
}

/** The names of the fields whose values differ; of a new or deleted resource, all. */
function changedFields(before: unknown, after: unknown): readonly string[] {
  const [old, current] = [membersOf(before), membersOf(after)];
  const names = new Set([...old.keys(), ...current.keys()]);
  return [...names].filter((name) => JSON.stringify(old.get(name)) !== JSON.stringify(current.get(name)));
}

function membersOf(state: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof state === "object" && state !== null ? Object.entries(state) : []);
}

function readSequence(given: string): number {
  const [list, sequence, ...rest] = readCursor(given);
  const isOurs = list === "changes" && typeof sequence === "number" && Number.isSafeInteger(sequence) && sequence >= 0;
  if (!isOurs || rest.length > 0) throw refuseCursor();
  return sequence;
}
