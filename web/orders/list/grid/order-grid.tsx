// The grid that shows the rows: columns, cells, and the geometry of a list that is longer than any element can be high.
// Only the visible rows are in the document.
"use client";
import type { KeyboardEvent, MouseEvent } from "react";
import { useSession } from "../../../api/session/provider.tsx";
import { useText } from "../../../messages/provider.tsx";
import type { Expected } from "../bulk/bulk-action.ts";
import type { Selection } from "../bulk/selection.ts";
import type { ListAddress } from "../filters/navigation.ts";
import { type ListAction, localAction } from "../keys.ts";
import type { ListState } from "../paging/pages.ts";
import { leastWidth, shownColumns, tracksOf } from "./columns.ts";
import { GridHeader } from "./grid-header.tsx";
import { MissingRow, OrderRow } from "./order-row.tsx";
import type { Rows } from "./use-rows.ts";

interface Props {
  readonly address: ListAddress;
  readonly list: ListState;
  readonly rows: Rows;
  readonly isBefore: boolean;
  readonly selection: Selection;
  readonly expected: ReadonlyMap<number, Expected>;
  readonly onAction: (action: ListAction) => void;
  readonly onActivate: (index: number) => void;
  readonly onToggle: (index: number, withRange: boolean) => void;
}

/** A table with keyboard navigation (ARIA's grid). */
const grid = "grid";
const rowId = (index: number) => `order-row-${index}`;

/** The orders as a grid that scrolls to any depth: only the visible rows are in the document. */
export function OrderGrid(props: Props) {
  "use memo";
  const { address, list, rows, isBefore, selection, onAction, onActivate } = props;
  const { t } = useText();
  const { scroller, header, range, spacer, active } = rows;
  const shown = shownColumns(address.look, useSession());
  // Collecting thousands of rows is worth it only when some are selected.
  const loaded = selection.size === 0 ? [] : [...list.loadedRows().values()];
  const areAllSelected = loaded.length > 0 && loaded.every(({ id }) => selection.has(id));
  const isInSight = active !== null && active >= range.first && active < range.end && list.rowAt(active) !== null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const action = event.target === event.currentTarget ? localAction(event.key) : null;
    if (action === null) return;
    event.preventDefault();
    onAction(action);
  };
  const onClick = (event: MouseEvent) => {
    const index = indexOf(event);
    if (index !== null) onActivate(index);
  };
  const ofGrid = {
    "aria-multiselectable": true,
    "aria-activedescendant": isInSight ? rowId(active) : undefined,
  };
  const style = { "--tracks": tracksOf(shown), "--least": leastWidth(shown) };
  return (
    <table
      ref={scroller}
      role={grid}
      {...ofGrid}
      tabIndex={0}
      aria-label={t("orders.title")}
      aria-rowcount={list.isCounted ? list.total + 1 : -1}
      aria-busy={isBefore}
      onScroll={rows.onScroll}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={(event) => indexOf(event) !== null && onAction("open")}
      style={style}
      className={`block h-full overflow-auto overscroll-contain rounded-xl border border-line bg-surface [overflow-anchor:none] print:h-auto print:overflow-visible print:border-0 ${isBefore && list.isSlow ? "opacity-60" : ""}`}
    >
      <GridHeader
        {...{ header, address, shown, areAllSelected }}
        onSelectAll={() => onAction(areAllSelected ? "clear" : "selectAll")}
      />
      {/* The rows in the document are below an empty space as high as the rows above them. */}
      <tbody
        className="block min-w-(--least) max-sm:min-w-0 print:h-auto! print:pt-0!"
        style={{ height: spacer, paddingTop: range.offset }}
      >
        <RenderedRows {...props} />
      </tbody>
    </table>
  );
}

function RenderedRows({ address, list, rows: { range, active }, selection, expected, onToggle }: Props) {
  "use memo";
  const shown = shownColumns(address.look, useSession());
  const height = address.look.density === "compact" ? "h-8 max-sm:h-18" : "h-10 max-sm:h-18";
  const indexes = Array.from({ length: Math.max(0, range.end - range.first) }, (_, place) => range.first + place);
  return indexes.map((index) => {
    const order = list.rowAt(index);
    if (order === null) return <MissingRow key={index} {...{ index, shown, height }} isSlow={list.isSlow} />;
    const will = expected.get(order.id);
    return (
      <OrderRow
        key={index}
        id={rowId(index)}
        order={will?.order ?? order}
        isActive={index === active}
        isSelected={selection.has(order.id)}
        isRemoved={will?.isRemoved === true}
        {...{ index, shown, height, onToggle }}
      />
    );
  });
}

/** The row that was clicked, unless the click was on its checkbox or on a link. */
function indexOf({ target }: MouseEvent): number | null {
  if (!(target instanceof Element) || target.closest("input") !== null) return null;
  const index = target.closest("[data-index]")?.getAttribute("data-index");
  return index == null ? null : Number(index);
}
