"use client";
import dynamic from "next/dynamic";
import { detailStatus } from "northwind-api/src/orders/stock/quantities.ts";
import { useState } from "react";
import { useText } from "../../../messages/provider.tsx";
import { useCommands } from "../../../shell/commands/registry.tsx";
import { PortionBadges } from "../../portion-badges.tsx";
import type { DetailDraft } from "../draft/draft.ts";
import { elementId } from "../field-paths.ts";
import type { FormParts } from "../use-order-form.ts";

/**
 * Loaded when it is needed: most lines are not short. It has a place of its own to wait in: without `loading` the whole
 * page would wait, and what is typed in the meantime would be lost.
 */
const ShortLine = dynamic(async () => (await import("./short-line.tsx")).ShortLine, { loading: () => null });

/** Which stored lines show what can be done about them, and how often each was asked for by its key. */
export interface Opened {
  readonly rows: ReadonlyMap<string, number>;
  readonly toggle: (key: string) => void;
}

/**
 * What can be done is shown at once where a line gets short by typing, and on request where it was short when the form
 * opened: by a button or a key.
 */
export function useOpenedShortages({ draft, shortages, lock }: FormParts): Opened {
  const [rows, setRows] = useState<ReadonlyMap<string, number>>(new Map());
  const short = lock === null ? draft.details.filter(({ key }) => shortages.has(key)) : [];
  /** Of the line that is being typed into, or else of the first one that is short. */
  const open = () => {
    const typed = document.activeElement?.closest("[data-row]")?.getAttribute("data-row");
    const row = short.find(({ key }) => key === typed) ?? short[0];
    if (row !== undefined) setRows((now) => new Map(now).set(row.key, (now.get(row.key) ?? 0) + 1));
  };
  const command = { id: "short-line", label: "short.command", keys: "$mod+.", run: open, whileTyping: true } as const;
  useCommands(short.length > 0 ? [command] : []);
  return {
    rows,
    toggle: (key) =>
      setRows((now) => {
        const next = new Map(now);
        if (!next.delete(key)) next.set(key, 0);
        return next;
      }),
  };
}

interface Props {
  readonly form: FormParts;
  readonly row: DetailDraft;
  readonly at: number;
  readonly opened: Opened;
}

/** How far a line has come, and what can be done where it is short. */
export function RowShortage({ form, row, at, opened }: Props) {
  const { t, locale } = useText();
  const { stock, product } = row;
  const shortage = form.lock === null ? form.shortages.get(row.key) : undefined;
  const isNew = shortage?.isStored === false;
  // What a form opens with moves nothing when it is known to be short.
  const isOpen = isNew && form.isTyped(row);
  const isShown = isOpen || opened.rows.has(row.key) || row.buyFrom !== undefined;
  const isOffered = form.lock === null && !isOpen && (isNew || isShort(row));
  const id = `${elementId(row.key)}-shortage`;
  return (
    <>
      {(stock !== undefined || isOffered) && (
        <div className="col-span-full -mt-1.5 flex flex-wrap items-center gap-x-3 empty:hidden">
          {stock !== undefined && <PortionBadges detail={stock} t={t} locale={locale} />}
          {isOffered && (
            <button
              type="button"
              aria-expanded={isShown}
              {...(isShown ? { "aria-controls": id } : {})}
              className="mt-1 text-accent text-xs underline underline-offset-2 max-sm:min-h-11"
              onClick={() => opened.toggle(row.key)}
            >
              {t("short.show")}
              <span className="sr-only"> ({t("orderForm.detailNumber", { number: at + 1 })})</span>
            </button>
          )}
        </div>
      )}
      {isShown && product !== null && (
        <div id={id} className="col-span-full min-w-0 empty:hidden">
          {shortage !== undefined && (
            <ShortLine {...{ form, at, shortage, row: { ...row, product } }} wanted={opened.rows.get(row.key) ?? 0} />
          )}
          {shortage === undefined && form.available.has(product.id) && stock !== undefined && isShort(row) && (
            <p className="text-muted text-sm">{t("short.isThere")}</p>
          )}
        </div>
      )}
    </>
  );
}

/** It was short when it was stored. */
function isShort({ stock }: DetailDraft): boolean {
  return stock?.status_id === detailStatus.noStock || stock?.status_id === detailStatus.onOrder;
}
