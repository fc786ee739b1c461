"use client";
import { Plus, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useMay } from "../../api/session/provider.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Combobox } from "../../components/form/combobox.tsx";
import { controlLook, Field } from "../../components/form/field.tsx";
import { amountText } from "../../form/amount-text.ts";
import { useText } from "../../messages/provider.tsx";
import { searchProducts } from "../../orders/searches.ts";
import { blankLine, isBlankLine, type LineDraft } from "./draft.ts";
import type { PurchaseForm } from "./use-purchase-form.ts";

const columns = "grid grid-cols-[1fr_1fr_2.5rem] gap-2 sm:grid-cols-[minmax(9rem,1fr)_6rem_8rem_2rem] sm:items-end";

/** The lines: rows to type into, one after the other, without a mouse. */
export function Lines({ form }: { readonly form: PurchaseForm }) {
  const { t } = useText();
  const { draft, change, editable } = form;
  /** The row that was added last: its product is typed next. */
  const added = useRef<string | null>(null);
  const add = () => {
    const line = blankLine();
    added.current = line.key;
    change({ lines: [...draft.lines, line] });
  };
  useEffect(() => {
    if (added.current === null) return;
    document.getElementById(`${added.current}-product`)?.focus();
    added.current = null;
  });
  return (
    <Card title={t("order.details")}>
      <ul className="flex flex-col gap-3 p-4 max-sm:gap-5">
        {draft.lines.map((line, place) => (
          <Row key={line.key} form={form} line={line} place={place} onNext={add} />
        ))}
      </ul>
      {editable.terms && (
        <div className="px-4 pb-4">
          <Button onClick={add} className="max-sm:h-11 max-sm:w-full">
            <Plus size={15} aria-hidden />
            {t("orderForm.addDetail")}
          </Button>
        </div>
      )}
    </Card>
  );
}

interface RowProps {
  readonly form: PurchaseForm;
  readonly line: LineDraft;
  readonly place: number;
  readonly onNext: () => void;
}

function Row({ form, line, place, onNext }: RowProps) {
  const { t, locale } = useText();
  const { draft, change, changeLine, issueAt, editable } = form;
  const isFixed = line.isReceived || !editable.terms;
  const cost = useMay()("see-costs") ? form.usualCost(line) : null;
  const usual = cost === null ? t("purchase.costOfSupplier") : amountText(cost, locale);
  const enter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = draft.lines[place + 1];
    if (next === undefined) onNext();
    else document.getElementById(`${next.key}-product`)?.focus();
  };
  const goOn = () => {
    const isDone = isBlankLine(line);
    document.getElementById(isDone ? "save" : `${line.key}-quantity`)?.focus();
  };
  const number = (field: "quantity" | "unitCost", path: string, label: string) => (
    <Field id={`${line.key}-${field}`} label={label} issue={issueAt(`${line.key}/${path}`)}>
      {(control) => (
        <input
          {...control}
          inputMode="decimal"
          autoComplete="off"
          readOnly={isFixed}
          placeholder={field === "unitCost" ? usual : undefined}
          className={`${controlLook} numbers text-right max-sm:h-11`}
          value={line[field]}
          onFocus={(event) => event.target.select()}
          onChange={(event) => changeLine(line.key, { [field]: event.target.value })}
          onKeyDown={enter}
        />
      )}
    </Field>
  );
  return (
    <li className={columns} aria-label={t("orderForm.detailNumber", { number: place + 1 })}>
      <Field
        id={`${line.key}-product`}
        label={t("order.product_id")}
        issue={issueAt(`${line.key}/product_id`)}
        className="max-sm:col-span-3"
      >
        {(control) =>
          isFixed ? (
            <input {...control} readOnly value={line.product?.name ?? "–"} className={controlLook} />
          ) : (
            <Combobox
              control={control}
              value={line.product}
              unmatched={line.unmatched === "" ? undefined : line.unmatched}
              onUnmatched={(text) => changeLine(line.key, { unmatched: text ?? "" })}
              search={searchProducts}
              onChange={(product) => changeLine(line.key, { product, unmatched: "" })}
              onEnter={goOn}
              placeholder={t("orderForm.typeProduct")}
            />
          )
        }
      </Field>
      {number("quantity", "quantity", t("order.quantity"))}
      {number("unitCost", "unit_cost", t("purchase.unit_cost"))}
      {isFixed ? (
        <span />
      ) : (
        <button
          type="button"
          aria-label={t("orderForm.removeDetail", { number: place + 1, name: line.product?.name ?? "" })}
          className="grid size-8 place-items-center self-end rounded-md text-muted hover:bg-bad-soft hover:text-bad max-sm:size-11"
          onClick={() => change({ lines: draft.lines.filter(({ key }) => key !== line.key) })}
        >
          <X size={15} aria-hidden />
        </button>
      )}
    </li>
  );
}
