"use client";
import { Star, X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { Button } from "../../components/button.tsx";
import { Combobox } from "../../components/form/combobox.tsx";
import { controlLook, Field } from "../../components/form/field.tsx";
import { Badge } from "../../components/status-badge.tsx";
import { focusElement } from "../../form/notices.tsx";
import { useText } from "../../messages/provider.tsx";
import { searchSuppliers } from "../../orders/searches.ts";
import { type TermField, type TermsRow, termFields } from "./draft.ts";
import { elementId, type RowField, type TermsForm } from "./use-terms-form.ts";

interface Props {
  readonly form: TermsForm;
  readonly row: TermsRow;
  readonly place: number;
  /** What the product costs where a supplier says nothing. */
  readonly usualCost: string;
  readonly onNext: () => void;
}

/** One supplier and its terms. */
export function Row(props: Props) {
  const { form, row, place, onNext } = props;
  const { t } = useText();
  const { draft, change, seesCosts } = form;
  const fields = termFields.filter((field) => seesCosts || field !== "unit_cost");
  const name = row.supplier?.name ?? "";
  const prefer = () => {
    change([row, ...draft.rows.filter(({ key }) => key !== row.key)]);
    requestAnimationFrame(() => focusElement(elementId(row.key, fields[0] ?? "supplier_id")));
  };
  const remove = () => {
    change(draft.rows.filter(({ key }) => key !== row.key));
    requestAnimationFrame(() => focusElement("terms-add"));
  };
  const enter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = draft.rows[place + 1];
    if (next === undefined) onNext();
    else focusElement(elementId(next.key, next.supplier === null ? "supplier_id" : (fields[0] ?? "supplier_id")));
  };
  return (
    <li className="flex flex-col gap-3 px-4 py-4" aria-label={t("terms.supplierNumber", { number: place + 1, name })}>
      <div className="flex flex-wrap items-end gap-x-3 gap-y-1">
        <SupplierField form={form} row={row} firstField={fields[0] ?? "supplier_id"} />
        <div className="ml-auto flex items-center gap-1">
          {place === 0 ? (
            <Badge colours="bg-accent-soft text-accent" drawing={star}>
              {t("terms.preferred")}
            </Badge>
          ) : (
            <Button look="quiet" onClick={prefer} aria-label={t("terms.prefer", { name })} className="max-sm:h-11">
              <Star size={15} aria-hidden />
              {t("terms.preferShort")}
            </Button>
          )}
          <button
            type="button"
            aria-label={t("resource.removeSupplier", { name: name || t("purchase.supplier") })}
            className="grid size-8 place-items-center rounded-md text-muted hover:bg-bad-soft hover:text-bad max-sm:size-11"
            onClick={remove}
          >
            <X size={15} aria-hidden />
          </button>
        </div>
      </div>
      <div className={`grid grid-cols-2 gap-3 ${seesCosts ? "sm:grid-cols-5" : "sm:grid-cols-4"}`}>
        {fields.map((field) => (
          <TextField key={field} {...props} field={field} onEnter={enter} />
        ))}
      </div>
    </li>
  );
}

const star = "M12 3l2.8 5.8 6.2.9-4.5 4.4 1 6.3-5.5-3-5.5 3 1-6.3L3 9.7l6.2-.9z";

interface SupplierFieldProps extends Pick<Props, "form" | "row"> {
  readonly firstField: RowField;
}

/** The supplier: chosen by part of its name where it is new, and read where it is there already. */
function SupplierField({ form, row, firstField }: SupplierFieldProps) {
  const { t } = useText();
  const { key, supplier, unmatched } = row;
  if (supplier !== null && key === String(supplier.id) && form.issueAt(row, "supplier_id") === undefined)
    return <h2 className="min-w-0 flex-1 basis-48 self-center break-words font-semibold">{supplier.name}</h2>;
  return (
    <Field
      id={elementId(key, "supplier_id")}
      label={t("purchase.supplier")}
      issue={form.issueAt(row, "supplier_id")}
      className="max-w-md flex-1 basis-48"
    >
      {(control) => (
        <Combobox
          control={control}
          value={supplier}
          unmatched={unmatched === "" ? undefined : unmatched}
          onUnmatched={(text) => form.changeRow(row, "supplier_id", { unmatched: text ?? "" })}
          search={searchSuppliers}
          onChange={(choice) => form.changeRow(row, "supplier_id", { supplier: choice, unmatched: "" })}
          onEnter={() => focusElement(elementId(key, firstField))}
          placeholder={t("orderForm.typeName")}
        />
      )}
    </Field>
  );
}

interface TextFieldProps extends Props {
  readonly field: TermField;
  readonly onEnter: (event: KeyboardEvent) => void;
}

function TextField({ form, row, field, usualCost, onEnter }: TextFieldProps) {
  const { t } = useText();
  const isCode = field === "supplier_product_code";
  const usual: Partial<Record<TermField, string>> = { unit_cost: usualCost, pack_quantity: "1", minimum_quantity: "0" };
  return (
    <Field id={elementId(row.key, field)} label={t(`terms.${field}`)} issue={form.issueAt(row, field)}>
      {(control) => (
        <input
          {...control}
          autoComplete="off"
          spellCheck={false}
          inputMode={isCode ? "text" : field === "lead_time_days" ? "numeric" : "decimal"}
          placeholder={usual[field]}
          className={`${controlLook} max-sm:h-11 ${isCode ? "" : "numbers text-right"}`}
          value={row.texts[field]}
          onFocus={(event) => !isCode && event.target.select()}
          onChange={(event) => form.changeRow(row, field, { texts: { ...row.texts, [field]: event.target.value } })}
          onKeyDown={onEnter}
        />
      )}
    </Field>
  );
}
