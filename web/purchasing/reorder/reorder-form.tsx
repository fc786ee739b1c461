"use client";
import type { Reorder } from "northwind-api/src/purchasing/reorder/fields.ts";
import { useId } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { controlLook } from "../../components/form/field.tsx";
import { Link } from "../../components/link.tsx";
import { UnitPrice } from "../../components/money/unit-price.tsx";
import { amountText } from "../../form/amount-text.ts";
import { useText } from "../../messages/provider.tsx";
import { productName } from "../../orders/names.ts";
import { KeyHint } from "../../shell/commands/key-hint.tsx";
import { useCommands } from "../../shell/commands/registry.tsx";
import { isOrderable, type ReorderState, useReorder } from "./use-reorder.ts";

interface Props {
  readonly rows: readonly Reorder[];
  /** The list is that of this supplier. */
  readonly supplierId: number | null;
  readonly mayOrder: boolean;
}

/** The list with its arithmetic; what is selected is ordered by one purchase order for each supplier. */
export function ReorderForm({ rows, supplierId, mayOrder }: Props) {
  const { t } = useText();
  const state = useReorder(rows, supplierId);
  const { selected, orderable } = state;
  useCommands(
    mayOrder
      ? [
          { id: "select-reorder", label: "reorder.selectAll", keys: "a", run: state.toggleAll },
          { id: "order-reorder", label: "reorder.order", keys: "$mod+Enter", run: state.order, whileTyping: true },
        ]
      : [],
  );
  return (
    <>
      {state.made.length > 0 && <Made state={state} />}
      {state.refusal !== null && (
        <p role="alert" className="mb-4 rounded-md bg-bad-soft px-3 py-2 text-bad text-sm">
          {state.refusal}
        </p>
      )}
      {rows.length > 0 && (
        <Card>
          {mayOrder && (
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2.5">
              <label className="flex items-center gap-2 text-sm max-sm:h-11">
                <input
                  type="checkbox"
                  className="size-4 max-sm:size-5"
                  checked={orderable.length > 0 && selected.size === orderable.length}
                  disabled={orderable.length === 0}
                  onChange={state.toggleAll}
                />
                {t("reorder.selectAll")}
              </label>
              <label className="flex items-center gap-2 text-sm max-sm:h-11">
                <input
                  type="checkbox"
                  className="size-4 max-sm:size-5"
                  checked={state.isSubmitting}
                  onChange={(event) => state.setSubmitting(event.target.checked)}
                />
                {t("reorder.submit")}
              </label>
              <Button
                look="primary"
                className="ml-auto max-sm:h-11 max-sm:w-full"
                aria-disabled={state.isBusy || selected.size === 0}
                aria-keyshortcuts="Control+Enter"
                onClick={state.order}
              >
                {selected.size === 0 ? t("reorder.order") : t("reorder.orderCount", { count: selected.size })}
                <span className="max-sm:hidden">
                  <KeyHint keys="$mod+Enter" />
                </span>
              </Button>
            </div>
          )}
          <ul className="divide-y divide-line">
            {rows.map((row) => (
              <Row key={row.product_id} row={row} state={state} mayOrder={mayOrder} />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

/** The purchase orders that were just made. */
function Made({ state }: { readonly state: ReorderState }) {
  const { t } = useText();
  return (
    <div
      role="status"
      className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-good bg-good-soft px-4 py-2.5"
    >
      <span className="text-good">{t("reorder.made", { count: state.made.length })}</span>
      {state.made.map(({ id }) => (
        <Link
          key={id}
          href={`/purchase_orders/${id}`}
          className="numbers font-medium text-accent underline max-sm:py-2"
        >
          {t("purchase.title", { number: String(id) })}
        </Link>
      ))}
      <Button look="quiet" className="ml-auto" onClick={state.dismiss}>
        {t("dialog.close")}
      </Button>
    </div>
  );
}

interface RowProps {
  readonly row: Reorder;
  readonly state: ReorderState;
  readonly mayOrder: boolean;
}

function Row({ row, state, mayOrder }: RowProps) {
  const { t } = useText();
  const id = useId();
  const isOpen = isOrderable(row) && mayOrder;
  const issue = state.issueAt(row);
  const name = productName({ ...row, id: row.product_id });
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-3 gap-y-1 px-4 py-2.5 lg:grid-cols-[auto_minmax(0,1fr)_29rem_7rem]">
      <label className="grid place-items-center pt-1 max-sm:-m-2.5 max-sm:size-11 max-sm:pt-0">
        <input
          type="checkbox"
          className="size-4 max-sm:size-5"
          aria-label={t("reorder.select", { name })}
          checked={state.selected.has(row.product_id)}
          disabled={!isOpen}
          onChange={() => state.toggle(row.product_id)}
        />
      </label>
      <span className="min-w-0">
        <Link href={`/stock/${row.product_id}`} className="font-medium text-accent hover:underline">
          {name}
        </Link>
        {row.product_code && <span className="numbers ml-2 text-muted text-xs">{row.product_code}</span>}
        <Supplier row={row} />
      </span>
      <Arithmetic row={row} />
      <span className="lg:col-start-4 lg:row-start-1 max-lg:col-start-3 max-lg:row-start-1">
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          aria-label={t("reorder.quantityOf", { name })}
          aria-invalid={issue === undefined ? undefined : true}
          aria-describedby={issue === undefined ? undefined : `${id}-issue`}
          readOnly={!isOpen}
          className={`${controlLook} numbers w-24 text-right max-sm:h-11 max-sm:w-20`}
          value={state.textOf(row)}
          onFocus={(event) => event.target.select()}
          onChange={(event) => state.type(row.product_id, event.target.value)}
        />
      </span>
      {issue !== undefined && (
        <p id={`${id}-issue`} className="col-span-full text-bad text-xs">
          {issue}
        </p>
      )}
    </li>
  );
}

/** From whom it is ordered, on which terms; or why it cannot be ordered from here. */
function Supplier({ row }: { readonly row: Reorder }) {
  const { t, locale } = useText();
  const { supplier, to_reorder, product_id } = row;
  if (supplier === null)
    return (
      <span className="block text-warn text-xs">
        {t("reorder.noSupplier")}{" "}
        <Link href={`/products/${product_id}/suppliers`} className="underline">
          {t("reorder.addSupplier")}
        </Link>
      </span>
    );
  const { pack_quantity: pack, minimum_quantity: least, lead_time_days: days, unit_cost } = supplier;
  const terms = [
    pack === "1.0000" ? null : t("reorder.pack", { quantity: amountText(pack, locale, 0) }),
    least === "0.0000" ? null : t("reorder.least", { quantity: amountText(least, locale, 0) }),
    days === null ? null : t("reorder.days", { count: days }),
  ].filter((part) => part !== null);
  return (
    <span className="block text-muted text-xs">
      {supplier.company || `#${supplier.supplier_id}`}
      {/* Not everybody sees costs. */}
      {unit_cost != null && (
        <>
          {" · "}
          <UnitPrice amount={unit_cost} />
        </>
      )}
      {terms.length > 0 && ` · ${terms.join(" · ")}`}
      {to_reorder === "0.0000" && <span className="block text-warn">{t("reorder.noTarget")}</span>}
    </span>
  );
}

/** How the quantity follows: what there is and comes, less what is waited for, against the levels. */
function Arithmetic({ row }: { readonly row: Reorder }) {
  const { t, locale } = useText();
  const number = (quantity: string) => amountText(quantity, locale, 0);
  const parts = [
    [t("stock.on_hand"), number(row.on_hand), ""],
    [t("stock.allocated"), number(row.allocated), "−"],
    [t("stock.on_order"), number(row.on_order), "+"],
    [t("stock.back_ordered"), number(row.back_ordered), "−"],
    [t("reorder.level"), number(row.current_level), "="],
  ] as const;
  const least = row.minimum_reorder_quantity;
  return (
    <div className="min-w-0 text-xs max-lg:col-span-2 max-lg:col-start-2">
      <dl className="numbers flex flex-wrap gap-x-2 gap-y-0.5">
        {parts.map(([label, quantity, sign], place) => (
          <div key={label} className={`flex gap-1 ${place === parts.length - 1 ? "font-semibold" : ""}`}>
            <dt className={place === parts.length - 1 ? "" : "text-muted"}>
              {sign === "" ? "" : `${sign} `}
              {label}
            </dt>
            <dd>{quantity}</dd>
          </div>
        ))}
      </dl>
      <p className="numbers text-muted">
        {t("reorder.levels", { reorder: row.reorder_level ?? 0, target: row.target_level ?? 0 })}
        {least !== null && least > 0 && ` · ${t("reorder.least", { quantity: least })}`}
        {" → "}
        <span className="font-semibold text-ink">{t("reorder.lacks", { quantity: number(row.to_reorder) })}</span>
      </p>
    </div>
  );
}
