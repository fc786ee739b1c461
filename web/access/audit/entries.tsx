import type { Route } from "next";
import { currentSession } from "../../api/session/current.ts";
import { mayIn } from "../../api/session/session.ts";
import { Card, Empty } from "../../components/card.tsx";
import { DateText } from "../../components/date-text.tsx";
import { Link } from "../../components/link.tsx";
import { serverText } from "../../messages/server.ts";
import { browserName } from "../browser-name.ts";
import { localTime } from "../local-time.ts";
import { actionText, type Entry, methodText, principalParts, resources } from "./entry.ts";

/** The entries, each with the way to what it is about: lines on a desk, blocks on a phone. */
export async function Entries({ entries }: { readonly entries: readonly Entry[] }) {
  const { t } = await serverText();
  return (
    <Card>
      {entries.length === 0 && <Empty title={t("audit.none")} />}
      <ul className="divide-y divide-line">
        {entries.map((entry) => (
          <Line key={entry.entry_id} entry={entry} />
        ))}
      </ul>
    </Card>
  );
}

async function Line({ entry }: { readonly entry: Entry }) {
  const { t } = await serverText();
  const { happened_at, principal, action } = entry;
  const words = actionText(action);
  return (
    <li className="grid gap-x-4 gap-y-0.5 px-4 py-2 sm:grid-cols-[11rem_minmax(8rem,1fr)_minmax(0,3fr)]">
      <span className="text-muted max-sm:text-xs">
        <DateText value={localTime(happened_at)} detail="minute" />
      </span>
      <span className="min-w-0 break-words">
        <Who principal={principal} />
      </span>
      <span className="min-w-0 break-words">
        <span className={action === "refused" ? "text-bad" : ""}>{words === null ? action : t(words)}</span>
        <What entry={entry} />
        <How about={entry.about} />
      </span>
    </li>
  );
}

async function Who({ principal }: { readonly principal: string }) {
  const { t } = await serverText();
  const user = principalParts(principal);
  const look = "text-accent hover:underline";
  if (user !== null)
    return (
      <Link href={`/audit?${new URLSearchParams({ user_id: user.id })}`} className={look}>
        {user.name} <span className="text-muted">#{user.id}</span>
      </Link>
    );
  const name = principal === "local" ? t("history.local") : principal === "nobody" ? t("audit.nobody") : principal;
  return (
    <Link href={`/audit?${new URLSearchParams({ principal })}`} className={look}>
      {name}
    </Link>
  );
}

/** What an entry is about, with a link to its page, if there is one that the user may see. */
async function What({ entry: { resource, resource_id, principal } }: { readonly entry: Entry }) {
  const { t } = await serverText();
  const known = resources[resource];
  // Somebody tried to sign in as nobody who is known; and mostly it is about who did it.
  const isOwn = principalParts(principal)?.id === String(resource_id);
  if (resource === "access" && (resource_id === 0 || isOwn)) return null;
  const id = known?.page === "company" ? "" : ` ${resource_id}`;
  const label = resource === "access" ? "audit.user" : known?.label;
  const name = `${label === undefined ? resource : t(label)}${id}`;
  const isSeen = known?.page !== "users" || mayIn(await currentSession(), "manage-users");
  // "created order 7", but "ended sessions: user 3".
  const before = resource === "access" ? ": " : " ";
  if (known?.page === undefined || !isSeen) return before + name;
  const { page } = known;
  const href: Route = page === "company" ? "/company" : `/${page}/${resource_id}`;
  return (
    <>
      {before}
      <Link href={href} className="text-accent underline">
        {name}
      </Link>
    </>
  );
}

/** The method, the address and the browser of an entry about access. */
async function How({ about }: { readonly about: Entry["about"] }) {
  if (about === null) return null;
  const { t } = await serverText();
  const { method, address, browser } = about;
  const words = methodText(method);
  const parts = [
    words === null ? "" : t(words),
    typeof address === "string" ? address : "",
    typeof browser === "string" ? browserName(browser) : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? null : <span className="block text-muted text-xs">{parts.join(" · ")}</span>;
}
