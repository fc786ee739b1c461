"use client";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { headRows } from "../paging/pages.ts";
import {
  type Extent,
  isStuck,
  type Place,
  type RowWindow,
  rowsPerView,
  scrolled,
  settled,
  showing,
  spacerHeight,
  start,
  startingAt,
  windowOf,
} from "./geometry.ts";

/** The rows in the document, and the active one. */
export interface Rows {
  readonly scroller: RefObject<HTMLTableElement | null>;
  readonly header: RefObject<HTMLTableSectionElement | null>;
  readonly range: RowWindow;
  readonly spacer: number;
  readonly active: number | null;
  readonly onScroll: () => void;
  /** Goes to a row and shows it. */
  readonly goTo: (row: number) => void;
  /** Moves on by rows, or by windows of rows. */
  readonly move: (by: number, unit?: "row" | "view") => void;
}

const settleMs = 150;

interface Options {
  readonly rows: number;
  readonly rowHeight: number;
  /** The list: a different one is shown from its beginning. */
  readonly list: string;
  /** The row that the list is opened at. */
  readonly openAt: number | null;
}

/** What is rendered of a list that may be longer than any element can be high. */
export function useRows({ rows, rowHeight, list, openAt }: Options): Rows {
  "use memo";
  const scroller = useRef<HTMLTableElement>(null);
  const header = useRef<HTMLTableSectionElement>(null);
  const place = useRef<Place>(start);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const viewHeight = useViewHeight(scroller, header);
  const [range, setRange] = useState<RowWindow>({ first: 0, end: headRows, offset: 0 });
  const [active, setActive] = useState<number | null>(openAt);
  const extent: Extent = { rows, rowHeight, viewHeight: viewHeight ?? headRows * rowHeight };

  const render = () => {
    const next = windowOf(place.current, extent);
    setRange((now) => (now.first === next.first && now.end === next.end && now.offset === next.offset ? now : next));
  };
  /** Moves the scroll bar to where the rows are. */
  const put = (next: Place) => {
    const element = scroller.current;
    if (element === null) return;
    element.scrollTop = next.scrollTop;
    // Read back: the browser rounds it, and the scroll event that follows must not count as a move.
    place.current = { ...next, scrollTop: element.scrollTop };
    render();
  };
  const onScroll = () => {
    const element = scroller.current;
    if (element === null) return;
    place.current = scrolled(place.current, element.scrollTop, extent);
    if (isStuck(place.current, extent)) return put(settled(place.current, extent));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      // A scroll whose event has not arrived yet is not undone.
      if (scroller.current?.scrollTop === place.current.scrollTop) put(settled(place.current, extent));
    }, settleMs);
    render();
  };
  const goTo = (row: number) => {
    if (rows === 0) return;
    const wanted = Math.min(Math.max(0, row), rows - 1);
    setActive(wanted);
    put(showing(wanted, place.current, extent));
  };
  const move = (by: number, unit: "row" | "view" = "row") => {
    const seen = Math.ceil(place.current.top / rowHeight);
    if (active === null) return goTo(seen);
    goTo(active + by * (unit === "view" ? rowsPerView(extent) : 1));
  };

  usePlacing({ list, openAt, rows, rowHeight, viewHeight }, (row) => put(startingAt(row, extent)), setActive, render);
  useEffect(() => () => clearTimeout(timer.current), []);
  const end = Math.min(range.end, rows);
  return { scroller, header, range: { ...range, end }, spacer: spacerHeight(extent), active, onScroll, goTo, move };
}

/** Renders again when the list, the height of the rows or of the window changes. */
function usePlacing(
  { list, openAt, rows, rowHeight, viewHeight }: Options & { readonly viewHeight: number | null },
  startAt: (row: number) => void,
  setActive: (row: number | null) => void,
  render: () => void,
): void {
  const opened = useRef<string | null>(null);
  const latest = useRef({ startAt, render });
  useLayoutEffect(() => {
    latest.current = { startAt, render };
  });
  useLayoutEffect(() => {
    if (viewHeight === null || rows === 0) return;
    const isFirst = opened.current === null;
    if (opened.current !== list) {
      opened.current = list;
      if (!isFirst) setActive(openAt);
      if (!isFirst || openAt !== null) return latest.current.startAt(Math.max(0, (openAt ?? 0) - 3));
    }
    if (rowHeight > 0) latest.current.render();
  }, [list, openAt, rows, rowHeight, viewHeight, setActive]);
}

/** The height of the part of the scroller that shows rows. Null until it is measured. */
function useViewHeight(
  scroller: RefObject<HTMLTableElement | null>,
  header: RefObject<HTMLTableSectionElement | null>,
): number | null {
  const [height, setHeight] = useState<number | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setHeight(element.clientHeight - (header.current?.offsetHeight ?? 0));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, header]);
  return height;
}
