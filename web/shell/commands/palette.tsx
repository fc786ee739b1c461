"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { Dialog } from "../../components/dialog.tsx";
import { controlLook } from "../../components/form/field.tsx";
import { useText } from "../../messages/provider.tsx";
import { KeyHint } from "./key-hint.tsx";
import { type Command, useAllCommands } from "./registry.tsx";
import { type SearchHit, search } from "./search.ts";

interface SearchProps {
  /** What was typed for it before it was there. */
  readonly typedBefore: () => string;
  readonly onClose: () => void;
}

interface Props extends SearchProps {
  readonly isOpen: boolean;
}

/** Finds every action, order, customer and product by typing a part of it. */
export function Palette({ isOpen, typedBefore, onClose }: Props) {
  const { t } = useText();
  return (
    <Dialog title={t("palette.title")} isOpen={isOpen} onClose={onClose}>
      <PaletteSearch typedBefore={typedBefore} onClose={onClose} />
    </Dialog>
  );
}

interface Row {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  readonly keys: string | null;
  readonly run: () => void;
}

const waitMs = 80;

/** What was found in the API for the typed text, a moment after typing stopped. */
function useSearch(typed: string): readonly SearchHit[] {
  const [hits, setHits] = useState<readonly SearchHit[]>([]);
  useEffect(() => {
    const request = new AbortController();
    const timer = setTimeout(async () => {
      const found = await search(typed, request.signal);
      if (!request.signal.aborted) setHits(found);
    }, waitMs);
    return () => {
      clearTimeout(timer);
      request.abort();
    };
  }, [typed]);
  return typed.trim() === "" ? [] : hits;
}

function useRows(typed: string): readonly Row[] {
  const { t } = useText();
  const router = useRouter();
  const hits = useSearch(typed);
  const words = typed.trim().toLowerCase();
  const fits = ({ id, label }: Command) => id !== "palette" && t(label).toLowerCase().includes(words);
  const commands = useAllCommands().filter(fits);
  // A number is an order: 1042, #1042 and "order 1042" mean the same, found or not.
  const number = /^(?:(?:order|pedido)\s*)?#?\s*([1-9]\d{0,8})$/.exec(words)?.[1];
  const isMissing = number !== undefined && !hits.some(({ key }) => key === `order-${number}`);
  return [
    ...(isMissing ? [orderRow(number, t("palette.openOrder", { id: number }), (href) => router.push(href))] : []),
    ...hits.map(({ key, name, about, href }) => ({
      ...{ key, name, about },
      keys: null,
      run: () => router.push(href),
    })),
    ...commands.map(({ id, label, keys, run }) => ({ key: id, name: t(label), about: "", keys, run })),
  ];
}

function orderRow(id: string, name: string, go: (href: Route) => void): Row {
  return { key: `order-${id}`, name, about: "", keys: null, run: () => go(`/orders/${id}`) };
}

function PaletteSearch({ typedBefore, onClose }: SearchProps) {
  const { t } = useText();
  const listId = useId();
  const [typed, setTyped] = useState(typedBefore);
  const [active, setActive] = useState(0);
  const rows = useRows(typed);
  const take = (row: Row | undefined) => {
    if (row === undefined) return;
    onClose();
    row.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0 && event.key !== "Enter") return;
    event.preventDefault();
    if (by === 0) take(rows[active]);
    else if (rows.length > 0) setActive((place) => (place + by + rows.length) % rows.length);
  };
  return (
    <div className="flex flex-col gap-3">
      <input
        data-focus-first
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={rows[active] === undefined ? undefined : `${listId}-${active}`}
        aria-label={t("palette.label")}
        placeholder={t("palette.placeholder")}
        className={`${controlLook} h-10`}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <PaletteList listId={listId} rows={rows} active={active} setActive={setActive} take={take} />
    </div>
  );
}

interface ListProps {
  readonly listId: string;
  readonly rows: readonly Row[];
  readonly active: number;
  readonly setActive: (place: number) => void;
  readonly take: (row: Row) => void;
}

function PaletteList({ listId, rows, active, setActive, take }: ListProps) {
  const { t } = useText();
  return (
    <div id={listId} role="listbox" aria-label={t("palette.title")} className="h-[min(20rem,55dvh)] overflow-auto">
      {rows.map((row, place) => (
        <div
          key={row.key}
          id={`${listId}-${place}`}
          role="option"
          tabIndex={-1}
          aria-selected={place === active}
          className={`flex cursor-pointer items-center gap-3 rounded-md px-2.5 py-1.5 ${place === active ? "bg-accent-soft" : ""}`}
          onMouseMove={() => setActive(place)}
          onMouseDown={(event) => {
            event.preventDefault();
            take(row);
          }}
        >
          <span className="numbers">{row.name}</span>
          <span className="min-w-0 flex-1 truncate text-muted">{row.about}</span>
          {row.keys !== null && <KeyHint keys={row.keys} />}
        </div>
      ))}
      {rows.length === 0 && <p className="px-2.5 py-1.5 text-muted">{t("combobox.nothing")}</p>}
    </div>
  );
}
