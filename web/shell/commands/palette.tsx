"use client";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Dialog } from "../../components/dialog.tsx";
import { controlLook } from "../../components/form/field.tsx";
import { useText } from "../../messages/provider.tsx";
import { KeyHint } from "./key-hint.tsx";
import { type Row, usePaletteRows } from "./palette-rows.ts";

interface SearchProps {
  /** What was typed for it before it was there. */
  readonly typedBefore: () => string;
  readonly onClose: () => void;
}

interface Props extends SearchProps {
  readonly isOpen: boolean;
}

/** The place of no row. */
const none = -1;

/** Finds every action, order, customer and product by typing a part of it. */
export function Palette({ isOpen, typedBefore, onClose }: Props) {
  const { t } = useText();
  return (
    <Dialog title={t("palette.title")} isOpen={isOpen} onClose={onClose}>
      <PaletteSearch typedBefore={typedBefore} onClose={onClose} />
    </Dialog>
  );
}

function PaletteSearch({ typedBefore, onClose }: SearchProps) {
  const { t } = useText();
  const listId = useId();
  const [typed, setTyped] = useState(typedBefore);
  // The row that was chosen by hand, by an arrow key or the mouse.
  const [chosen, setChosen] = useState<number | null>(null);
  const { rows, isFresh } = usePaletteRows(typed);
  const isAsking = isFresh && rows.filter(({ isExact }) => isExact).length > 1;
  const active = chosen ?? (isAsking ? none : 0);
  const take = (row: Row | undefined) => {
    if (row === undefined) return;
    onClose();
    row.run();
  };
  const enter = useEnterWhen(chosen !== null || isFresh, () => take(rows[active]));
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0 && event.key !== "Enter") return;
    event.preventDefault();
    if (by === 0) enter.ask();
    else if (rows.length > 0)
      setChosen(active === none && by < 0 ? rows.length - 1 : (active + by + rows.length) % rows.length);
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
          setChosen(null);
          enter.forget();
        }}
        onKeyDown={onKeyDown}
      />
      {isAsking && chosen === null && (
        <p role="status" className="px-2.5 text-muted text-xs">
          {t("combobox.several")}
        </p>
      )}
      <PaletteList listId={listId} rows={rows} active={active} setActive={setChosen} take={take} />
    </div>
  );
}

/** Enter, which waits until it can be known what it takes: a fast one never takes the hit of an earlier letter. */
function useEnterWhen(isReady: boolean, take: () => void) {
  const [isAsked, setAsked] = useState(false);
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    if (!isAsked || !isReady) return;
    setAsked(false);
    latest.current();
  }, [isAsked, isReady]);
  return { ask: () => setAsked(true), forget: () => setAsked(false) };
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
