"use client";
import { Lock, Plus, X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Combobox } from "../../components/form/combobox.tsx";
import { controlLook } from "../../components/form/field.tsx";
import { Money } from "../../components/money/money.tsx";
import { useToast } from "../../components/toast.tsx";
import { amountText } from "../../form/amount-text.ts";
import { useText } from "../../messages/provider.tsx";
import { type DetailField, detailFields } from "../fields.ts";
import { type ProductChoice, searchProducts } from "../searches.ts";
import { type DetailDraft, detailPath, isBlank, isCommitted, staysFixed } from "./draft/draft.ts";
import { elementId } from "./field-paths.ts";
import { StayMark, StayReason, stayId } from "./row-stays.tsx";
import { type Opened, RowShortage, useOpenedShortages } from "./short/row-shortage.tsx";
import type { FormParts } from "./use-order-form.ts";

/** On a wide screen one line per detail, on a narrow one two. The columns of the heading and of the rows. */
const columns =
  "grid grid-cols-[1fr_1fr_1fr_2rem] gap-x-2 gap-y-1.5 sm:grid-cols-[minmax(9rem,1fr)_4.5rem_6.5rem_4.5rem_6.5rem_2rem] sm:items-start";

/** The order lines: rows to type into, one after the other, without a mouse. */
export function Details({ form }: { readonly form: FormParts }) {
  const { t } = useText();
  const { draft, dispatch, totals, lock } = form;
  const issue = form.issueAt("order_details");
  const opened = useOpenedShortages(form);
  const add = (
    <Button look="quiet" className="-my-1" onClick={() => dispatch({ type: "addRow" })}>
      <Plus size={15} aria-hidden />
      {t("orderForm.addDetail")}
    </Button>
  );
  return (
    <Card title={t("order.details")} {...(lock === null ? { actions: add } : {})}>
      {lock !== null && <Locked reason={lock} />}
      <div className="p-4 pt-3">
        <div aria-hidden className={`${columns} max-sm:hidden mb-1.5 font-medium text-muted text-xs`}>
          <span>{t("order.product_id")}</span>
          <span className="text-right">{t("order.quantity")}</span>
          <span className="text-right">{t("order.unit_price")}</span>
          <span className="text-right">{t("order.discount")}</span>
          <span className="text-right">{t("order.extended_price")}</span>
        </div>
        <ul id={elementId("order_details")} tabIndex={-1} className="flex flex-col gap-2 outline-none max-sm:gap-4">
          {draft.details.map((row, at) => (
            <DetailRow key={row.key} {...{ form, row, at, opened }} extended={totals.extendedPrices[at] ?? "0.0000"} />
          ))}
        </ul>
        {issue !== undefined && <p className="mt-2 text-bad text-xs">{issue}</p>}
        {lock === null && <p className="mt-3 text-muted text-xs max-sm:hidden">{t("orderForm.detailHint")}</p>}
      </div>
    </Card>
  );
}

function Locked({ reason }: { readonly reason: string }) {
  return (
    <p className="flex items-center gap-2 border-line border-b bg-warn-soft px-4 py-2 text-sm text-warn">
      <Lock size={14} aria-hidden className="shrink-0" />
      {reason}
    </p>
  );
}

interface RowProps {
  readonly form: FormParts;
  readonly row: DetailDraft;
  readonly at: number;
  readonly opened: Opened;
  readonly extended: string;
}

function DetailRow({ form, row, at, opened, extended }: RowProps) {
  const { t } = useText();
  const isFixed = form.lock !== null;
  const issues = (["product_id", "quantity", "unit_price", "discount"] as const).flatMap((field) => {
    const words = form.issueAt(detailPath(row.key, field));
    return words === undefined ? [] : [{ field, words }];
  });
  return (
    <li
      data-row={row.key}
      className={columns}
      aria-label={t("orderForm.detailNumber", { number: at + 1 })}
      onKeyDownCapture={(event) => moveByKey(event, form, row)}
    >
      <div className="max-sm:col-span-3">
        <ProductField form={form} row={row} isFixed={isFixed || staysFixed(row, "product_id")} />
      </div>
      {(["quantity", "unit_price", "discount"] as const).map((field) => (
        <NumberField key={field} {...{ form, row, field }} isFixed={isFixed || staysFixed(row, field)} />
      ))}
      <span className="numbers pt-1.5 text-right font-medium max-sm:col-span-4">
        <Money amount={isBlank(row) || issues.length > 0 ? null : extended} />
      </span>
      {isFixed || isCommitted(row) ? <StayMark row={row} /> : <RemoveButton form={form} row={row} at={at} />}
      {!isFixed && <StayReason row={row} />}
      {detailFields.map((field) => (
        <RowWarning key={field} words={form.warningAt(detailPath(row.key, field))} id={warningId(row, field)} />
      ))}
      <RowShortage {...{ form, row, at, opened }} />
      {issues.map(({ field, words }) => (
        <p key={field} id={issueId(row, field)} className="col-span-full text-bad text-xs">
          {t(`order.${field}`)}: {words}
        </p>
      ))}
    </li>
  );
}

/** Alt with Up or Down moves the row, before its fields see the key. */
function moveByKey(event: KeyboardEvent, { dispatch, lock }: FormParts, { key }: DetailDraft): void {
  const by = ({ ArrowUp: -1, ArrowDown: 1 } as const)[event.key];
  if (by === undefined || !event.altKey || event.ctrlKey || event.metaKey || lock !== null) return;
  const field = detailFields.find((name) => elementId(detailPath(key, name)) === document.activeElement?.id);
  event.preventDefault();
  event.stopPropagation();
  dispatch({ type: "moveRow", key, by, field: field ?? "product_id" });
}

function issueId(row: DetailDraft, field: DetailField): string {
  return `${elementId(detailPath(row.key, field))}-issue`;
}

function warningId(row: DetailDraft, field: DetailField): string {
  return `${elementId(detailPath(row.key, field))}-warning`;
}

function RowWarning({ id, words }: { readonly id: string; readonly words: string | undefined }) {
  if (words === undefined) return null;
  return (
    <p id={id} className="col-span-full text-warn text-xs">
      {words}
    </p>
  );
}

/** What ties a control of a row to its name, its issue, its warning and the reason why it is locked. */
function controlOf(form: FormParts, row: DetailDraft, field: DetailField) {
  const path = detailPath(row.key, field);
  const isInvalid = form.issueAt(path) !== undefined;
  const about = [
    isInvalid ? issueId(row, field) : null,
    form.warningAt(path) === undefined ? null : warningId(row, field),
    form.lock === null && staysFixed(row, field) ? stayId(row) : null,
  ];
  const describedBy = about.filter((id) => id !== null).join(" ");
  return {
    id: elementId(path),
    ...(isInvalid ? { "aria-invalid": true as const } : {}),
    ...(describedBy === "" ? {} : { "aria-describedby": describedBy }),
  };
}

interface FieldProps {
  readonly form: FormParts;
  readonly row: DetailDraft;
  readonly isFixed: boolean;
}

function ProductField({ form, row, isFixed }: FieldProps) {
  const { t, locale } = useText();
  const { draft, dispatch } = form;
  const path = detailPath(row.key, "product_id");
  const control = controlOf(form, row, "product_id");
  const remove = useRemove(form);
  const choose = (product: ProductChoice | null) => {
    if (product !== null)
      dispatch({ type: "product", key: row.key, product, price: amountText(product.listPrice, locale) });
    else if (row.product !== null) remove(row);
  };
  const goOn = (taken: ProductChoice | null) => {
    // Enter in an empty row: there is nothing more to enter.
    if (taken === null && isBlank(row)) document.getElementById(elementId("save"))?.focus();
    else dispatch({ type: "focus", path: detailPath(row.key, "quantity") });
  };
  return (
    <>
      <label htmlFor={control.id} className="sr-only">
        {t("order.product_id")}
      </label>
      {isFixed ? (
        <input {...control} readOnly value={row.product?.name ?? "–"} className={controlLook} />
      ) : (
        <Combobox
          control={control}
          value={row.product}
          unmatched={draft.unmatched[path]}
          onUnmatched={(text) => dispatch({ type: "unmatched", path, text })}
          search={searchProducts}
          onChange={choose}
          onEnter={goOn}
          placeholder={t("orderForm.typeProduct")}
          onBlur={() => dispatch({ type: "left", path })}
        />
      )}
    </>
  );
}

interface NumberProps extends FieldProps {
  readonly field: Exclude<DetailField, "product_id">;
}

/** A number in a row. Enter goes to the next row, and adds one after the last; Up and Down stay in the column. */
function NumberField({ form, row, field, isFixed }: NumberProps) {
  const { t } = useText();
  const { draft, dispatch } = form;
  const control = controlOf(form, row, field);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const other = draft.details[draft.details.indexOf(row) + (by ?? 0)];
    if (event.key === "Enter" && form.lock === null) dispatch({ type: "nextRow", key: row.key });
    else if (by !== undefined && other !== undefined) dispatch({ type: "focus", path: detailPath(other.key, field) });
    else return;
    event.preventDefault();
  };
  return (
    <div>
      <label htmlFor={control.id} className="mb-1 block font-medium text-muted text-xs sm:sr-only">
        {t(`order.${field}`)}
      </label>
      <input
        {...control}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        readOnly={isFixed}
        value={row[field]}
        className={`${controlLook} numbers text-right`}
        onChange={(event) => dispatch({ type: "detailTyped", key: row.key, field, text: event.target.value })}
        onFocus={(event) => event.target.select()}
        onBlur={() => dispatch({ type: "left", path: detailPath(row.key, field) })}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

/** Removes a row at once, and offers Undo. */
function useRemove({ draft, dispatch }: FormParts) {
  const { t } = useText();
  const toast = useToast();
  return (row: DetailDraft) => {
    const at = draft.details.indexOf(row);
    dispatch({ type: "removeRow", key: row.key });
    if (isBlank(row)) return;
    const words = t("orderForm.detailRemoved", { name: row.product?.name ?? "" });
    toast.info(words, () => dispatch({ type: "restoreRow", row, at }));
  };
}

function RemoveButton({ form, row, at }: Omit<RowProps, "extended" | "opened">) {
  const { t } = useText();
  const remove = useRemove(form);
  return (
    <button
      type="button"
      aria-label={t("orderForm.removeDetail", { number: at + 1, name: row.product?.name ?? "" })}
      className="grid size-8 place-items-center rounded-md text-muted hover:bg-bad-soft hover:text-bad max-sm:row-start-1 max-sm:col-start-4"
      onClick={() => remove(row)}
    >
      <X size={15} aria-hidden />
    </button>
  );
}
