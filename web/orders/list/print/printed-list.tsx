// Printing the list: all its orders are read, then printed as a table whose head is repeated on each sheet. Loaded with
// the orders that are printed.
"use client";
import { useSession } from "../../../api/session/provider.tsx";
import { useText } from "../../../messages/provider.tsx";
import { CellContent } from "../grid/cells.tsx";
import { type ListLook, shownColumns } from "../grid/columns.ts";
import type { ListedOrder } from "../paging/listed-order.ts";
import type { ListState } from "../paging/pages.ts";

interface Props {
  readonly printed: { readonly orders: readonly ListedOrder[]; readonly hasMore: boolean };
  readonly list: ListState;
  readonly look: ListLook;
}

/** The list on paper, in the columns of the screen; it says so when there are more orders than it has. */
export function PrintedList({ printed: { orders, hasMore }, list, look }: Props) {
  const { t } = useText();
  const shown = shownColumns(look, useSession());
  const last = orders.length;
  const words = list.isCounted
    ? t("orders.printed", { first: 1, last, count: list.total })
    : t("orders.printedFirst", { last });
  return (
    <div className="hidden print:block">
      {hasMore && <p className="mb-3">{words}</p>}
      <table className="w-full text-[8.5pt]">
        <thead>
          <tr className="border-line border-b">
            {shown.map(({ name, label, alignRight }) => (
              <th key={name} scope="col" className={`py-1 pr-2 font-medium ${alignRight ? "text-right" : "text-left"}`}>
                {t(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <tr key={order.id} className="break-inside-avoid border-line border-b align-top">
              {shown.map(({ name, alignRight }) => (
                <td key={name} className={`py-1 pr-2 ${alignRight ? "text-right" : ""}`}>
                  <CellContent column={name} order={order} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
