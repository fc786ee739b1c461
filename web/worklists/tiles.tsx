import type { Worklist } from "northwind-api/src/worklists/fields.ts";
import type { Session } from "../api/session/session.ts";
import { mayIn } from "../api/session/session.ts";
import { Link } from "../components/link.tsx";
import { serverText } from "../messages/server.ts";
import { countText, listPath, type WorklistPlace, worklists } from "./names.ts";

export const worklistsPath = "/api/worklists?limit=1";
export type WorklistsReply = readonly Worklist[];

interface Props {
  readonly lists: WorklistsReply;
  readonly session: Session;
}

/** What waits for whoever looks at it: how many entries each of their worklists has. */
export async function WorklistTiles({ lists, session }: Props) {
  const { t } = await serverText();
  const known = new Map(lists.map((list) => [list.name, list]));
  const own = worklists.filter(({ right }) => mayIn(session, right));
  return (
    <ul aria-label={t("home.attention")} className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
      {own.map((place) => {
        const list = known.get(place.name);
        return (
          list !== undefined && (
            <li key={place.name}>
              <Tile place={place} list={list} />
            </li>
          )
        );
      })}
    </ul>
  );
}

async function Tile({ place, list }: { readonly place: WorklistPlace; readonly list: Worklist }) {
  const { t, locale } = await serverText();
  const isEmpty = list.count === 0;
  const isWarning = place.name === "late" && !isEmpty;
  return (
    <Link
      href={listPath(place)}
      className={`flex h-full flex-col gap-1 rounded-xl border bg-surface px-4 py-3 hover:border-line-strong ${isWarning ? "border-warn" : "border-line"}`}
    >
      <span className={`font-medium text-sm ${isWarning ? "text-warn" : ""}`}>{t(place.label)}</span>
      <span className={`numbers text-2xl tracking-tight ${isEmpty ? "text-muted" : "font-semibold"}`}>
        {countText(list, locale)}
      </span>
      <span className="text-muted text-xs">{t(place.about)}</span>
    </Link>
  );
}
