import { DatabaseError, type Transaction } from "sqlproof";
import type { Api } from "../../api.ts";
import { ok, refuseAll } from "../../contract/answer.ts";
import { readJson } from "../../contract/json.ts";
import { object } from "../../contract/object.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, name, none, nullable, type Of, oneOf, optional, type Schema, text } from "../../contract/schema.ts";
import { storable } from "../../contract/text.ts";
import { etagOf, isStale, requireVersion, staleError } from "../../writes/preconditions.ts";
import { runWithRetry } from "../../writes/retry.ts";
import { own } from "./own.ts";
import { insertPreferences, lockPreferences, preferencesOfUser, updatePreferences } from "./queries.ts";

const tag = "account";
const path = "/api/account/preferences";

/** The address of a list of orders, below that of the pages. */
const listPath: Schema<string> = {
  jsonSchema: () => ({
    ...{ type: "string", maxLength: 500, examples: ["/orders?q=tea"] },
    pattern: `^/orders(?:\\?${storable["one-line"].slice(1, -1)})?$`,
  }),
  read(value, pointer, issues) {
    const read = text(500).read(value, pointer, issues);
    if (read === undefined || /^\/orders(?:\?|$)/.test(read)) return read;
    issues.push({
      pointer: `#${pointer}`,
      code: "rule",
      message: "Must be the address of a list of orders, like /orders?q=tea.",
    });
    return undefined;
  },
};
const orderView = object("OrderView", { name: name(40), path: listPath });
/** What a client may send is narrower than what may be stored from before. */
const orderViewInput = object("OrderViewInput", { name: name(40), path: listPath });
const mostViews = 30;
/** As long as the column. */
const longestDocument = 16_000;

/** Null is what the user has not chosen yet. */
const members = {
  theme: nullable(oneOf(["light", "dark"], "Must be light or dark.")),
  locale: nullable(oneOf(["en", "es"], "Must be en or es.")),
  /** The saved lists of orders: the address of a list by its name. */
  order_views: nullable(array(orderView, mostViews)),
} as const;
const preferences = object("Preferences", members);
const preferencesUpdate = object("PreferencesUpdate", {
  theme: optional(members.theme),
  locale: optional(members.locale),
  order_views: optional(nullable(array(orderViewInput, mostViews))),
});
type Preferences = Of<typeof preferences>;

const nothing: Preferences = { theme: null, locale: null, order_views: null };
/** Before anything was stored. */
const absent = { version: 0, document: null } as const;

interface Stored {
  readonly version: number;
  readonly document: string | null;
}

/** The routes of what users have chosen for themselves, which follows them to every browser. */
export function preferencesRoutes(api: Api): readonly Route[] {
  return [getRoute(api), updateRoute(api)];
}

function getRoute({ database }: Api): Route {
  return route({
    method: "GET",
    path,
    right: "signed-in",
    tag,
    summary: "Get what you have chosen for yourself: language, theme and saved views",
    query: {},
    body: none,
    data: preferences,
    personal: true,
    refusals: ["forbidden"],
    async handle({ context: { principal } }) {
      const row = (await database.maybe(preferencesOfUser, { user_id: own(principal).userId })) ?? absent;
      return ok("Preferences retrieved", chosenIn(row), etagOf(row));
    },
  });
}

function updateRoute({ database }: Api): Route {
  return route({
    method: "PUT",
    path,
    right: "signed-in",
    tag,
    summary: "Change what you have chosen for yourself",
    description: "Absent fields stay unchanged; null means that nothing is chosen.",
    query: {},
    body: preferencesUpdate,
    data: preferences,
    refusals: ["precondition", "text", "forbidden"],
    async handle({ body, context }) {
      const { userId } = own(context.principal);
      return runWithRetry(database, context.startedAt, async (tx) => {
        const row = (await tx.maybe(lockPreferences, { user_id: userId })) ?? absent;
        const before = chosenIn(row);
        if (isStale(context, row)) throw staleError(row, "document of preferences", before, context);
        const after = { ...before, ...body };
        const version = await store(tx, userId, row, after);
        return ok("Preferences saved", after, etagOf({ version }));
      });
    },
  });
}

async function store(tx: Transaction, user_id: number, { version }: Stored, chosen: Preferences): Promise<number> {
  const document = JSON.stringify(chosen);
  if (document.length > longestDocument)
    refuseAll([{ pointer: "#/order_views", code: "text", message: "Are too long together: delete some." }]);
  if (version === 0) await insertFirst(tx, user_id, document);
  else requireVersion(await tx.run(updatePreferences, { user_id, document, version }));
  return version + 1;
}

/** Two browsers may store something for the first time at the same moment: the later one begins anew. */
async function insertFirst(tx: Transaction, user_id: number, document: string): Promise<void> {
  try {
    await tx.run(insertPreferences, { user_id, document });
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.kind !== "unique") throw error;
    throw new DatabaseError("conflict", "the user has preferences by now");
  }
}

/** What a document holds. One of another version of this program counts as none. */
function chosenIn({ document }: Stored): Preferences {
  if (document === null) return nothing;
  return preferences.read(readJson(new TextEncoder().encode(document)), "", []) ?? nothing;
}
