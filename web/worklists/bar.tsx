import type { Worklist } from "northwind-api/src/worklists/fields.ts";
import { get } from "../api/server.ts";
import { Link } from "../components/link.tsx";
import { serverText } from "../messages/server.ts";
import { countText, entryPath, worklistNamed } from "./names.ts";
import { NextEntry } from "./next-entry.tsx";

interface Props {
  /** The worklist from which the entry was opened, as it stands in the address. */
  readonly name: string;
  readonly of: "order" | "purchase-order";
  readonly id: number;
}

/** Above an order or a purchase order that was opened from a worklist: how many there are, and the next one. */
export async function WorklistBar({ name, of, id }: Props) {
  const { t, locale } = await serverText();
  const place = worklistNamed(name);
  if (place === undefined || place.of !== of) return null;
  const reply = await get<readonly Worklist[]>(`/api/worklists?names=${name}&after=${id}&limit=1`);
  const list = reply.ok ? reply.data[0] : undefined;
  if (list === undefined) return null;
  const next = list.entries[0];
  return (
    <nav
      aria-label={t(place.label)}
      className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-xl border border-line bg-surface px-4 py-2"
    >
      <Link href={`/worklists/${place.name}`} className="text-accent hover:underline">
        {t(place.label)} <span className="numbers">{countText(list, locale)}</span>
      </Link>
      {next === undefined ? (
        <span className="text-muted">{t("worklist.last")}</span>
      ) : (
        <NextEntry
          href={entryPath(place, next)}
          label={t(of === "order" ? "worklist.next" : "worklist.nextPurchase", { number: String(next.id) })}
        />
      )}
    </nav>
  );
}
