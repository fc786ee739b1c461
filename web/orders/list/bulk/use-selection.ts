"use client";
import { useState } from "react";
import type { ListState } from "../paging/pages.ts";
import { nothing, type Selection, toggled, withAll } from "./selection.ts";

export interface Selecting {
  readonly selection: Selection;
  readonly clear: () => void;
  /** Selects a row or deselects it; with a range, all rows from the one selected last. */
  readonly toggle: (index: number, withRange: boolean) => void;
  readonly addAll: () => void;
}

/** Which orders are selected. Scrolling and filtering keep the selection; an action or Escape ends it. */
export function useSelection(list: ListState): Selecting {
  "use memo";
  const [selection, setSelection] = useState<Selection>(nothing);
  const [last, setLast] = useState<number | null>(null);
  const toggle = (index: number, withRange: boolean) => {
    const order = list.rowAt(index);
    if (order === null) return;
    setLast(index);
    if (!withRange || last === null) return setSelection((now) => toggled(now, order));
    const [from, to] = index < last ? [index, last] : [last, index];
    const range = Array.from({ length: to - from + 1 }, (_, place) => list.rowAt(from + place));
    setSelection((now) =>
      withAll(
        now,
        range.filter((row) => row !== null),
      ),
    );
  };
  return {
    selection,
    clear: () => setSelection(nothing),
    toggle,
    addAll: () => setSelection((now) => withAll(now, list.loadedRows().values())),
  };
}
