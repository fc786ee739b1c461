"use client";
import { useText } from "../../../messages/provider.tsx";
import type { ListedOrder } from "../paging/listed-order.ts";
import { CellContent, cardPlaces } from "./cells.tsx";
import type { Column } from "./columns.ts";

/** Each row is a grid of its own, so that it can be placed at any depth of the list. */
export const rowLook =
  "grid grid-cols-(--tracks) items-center max-sm:grid-cols-[2.25rem_auto_1fr_auto] max-sm:grid-rows-2 max-sm:content-center max-sm:gap-y-1 max-sm:py-2";
const cellLook = "min-w-0 truncate px-2 max-sm:px-1";

interface Props {
  readonly id: string;
  readonly index: number;
  readonly order: ListedOrder;
  readonly shown: readonly Column[];
  readonly height: string;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly isRemoved: boolean;
  readonly onToggle: (index: number, withRange: boolean) => void;
}

/** One order of the list. */
export function OrderRow(props: Props) {
  "use memo";
  const { id, index, order, shown, height, isActive, isSelected, isRemoved, onToggle } = props;
  const { t } = useText();
  const ground = isSelected ? "bg-accent-soft" : "bg-surface hover:bg-canvas";
  const mark = isActive ? "before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-accent" : "";
  return (
    <tr
      id={id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={`${rowLook} ${height} ${ground} ${mark} relative border-line border-b text-sm outline-none max-sm:text-base ${isRemoved ? "text-muted line-through opacity-60" : ""}`}
    >
      <td className="flex h-full items-center justify-center max-sm:row-span-2">
        <input
          type="checkbox"
          tabIndex={-1}
          checked={isSelected}
          aria-label={t("orders.select", { id: `#${order.id}` })}
          className="screen-only size-4 accent-(--accent)"
          onChange={() => undefined}
          onClick={(event) => onToggle(index, event.shiftKey)}
        />
      </td>
      {shown.map(({ name, alignRight }) => (
        <td key={name} className={`${cellLook} ${alignRight ? "text-right" : ""} ${cardPlaces[name]}`}>
          <CellContent column={name} order={order} />
        </td>
      ))}
    </tr>
  );
}

interface MissingProps {
  readonly index: number;
  readonly shown: readonly Column[];
  readonly height: string;
  /** The wait has become noticeable: grey bars show that something is loading. */
  readonly isSlow: boolean;
}

/**
 * A row that is loading, of exactly the same height. While the wait is not noticeable it has no cells: after a jump
 * they would be shown for a frame or two.
 */
export function MissingRow({ index, shown, height, isSlow }: MissingProps) {
  const { t } = useText();
  return (
    <tr aria-rowindex={index + 2} className={`${rowLook} ${height} border-line border-b bg-surface`}>
      <td className="max-sm:row-span-2">
        <span className="sr-only">{t("orders.loading")}</span>
      </td>
      {isSlow &&
        shown.map(({ name }) => (
          <td key={name} className={`${cellLook} ${cardPlaces[name]}`}>
            <div className="h-2.5 w-3/4 min-w-8 animate-pulse rounded bg-line" />
          </td>
        ))}
    </tr>
  );
}
