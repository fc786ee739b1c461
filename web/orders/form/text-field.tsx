"use client";
import { controlLook, Field } from "../../components/form/field.tsx";
import { dateIn, noDate } from "../../form/typed-date.ts";
import { useText } from "../../messages/provider.tsx";
import type { TypedField } from "../fields.ts";
import { elementId } from "./field-paths.ts";
import type { FormParts } from "./use-order-form.ts";

interface Props {
  readonly form: FormParts;
  readonly field: TypedField;
  readonly kind?: "text" | "amount" | "date" | "lines";
  readonly placeholder?: string;
  readonly hint?: string;
  readonly className?: string;
  /** Ids of words that browsers fill in, and words they suggest. */
  readonly list?: string;
}

const looks = { text: "", amount: "numbers text-right", date: "numbers", lines: "h-auto! min-h-16 py-1.5" } as const;

/** One typed field of the order. */
export function TextField({ form, field, kind = "text", placeholder, hint, className = "", list }: Props) {
  const { t } = useText();
  const { draft, dispatch } = form;
  const shared = {
    // Never written into a date field, where it would wipe what is being typed.
    value: kind === "date" && draft.texts[field] === noDate ? "" : draft.texts[field],
    className: `${controlLook} ${looks[kind]}`,
    placeholder,
    autoComplete: "off",
    readOnly: form.needsReason(field),
    onBlur: () => dispatch({ type: "left", path: field }),
  };
  const type = (text: string) => dispatch({ type: "typed", field, text });
  /** Browsers report no change while the field is empty for them, whatever it shows. */
  const look = (input: HTMLInputElement) => {
    if (kind === "date" && dateIn(input) !== draft.texts[field]) type(dateIn(input));
  };
  return (
    <Field
      id={elementId(field)}
      label={t(`order.${field}`)}
      issue={form.issueAt(field)}
      warning={form.warningAt(field)}
      hint={hint}
      className={className}
    >
      {(control) =>
        kind === "lines" ? (
          <textarea {...control} {...shared} rows={2} onChange={(event) => type(event.target.value)} />
        ) : (
          <input
            {...control}
            {...shared}
            list={list}
            type={kind === "date" ? "date" : "text"}
            inputMode={kind === "amount" ? "decimal" : undefined}
            onChange={({ target }) => type(dateIn(target))}
            onKeyUp={({ currentTarget }) => look(currentTarget)}
            onBlur={({ currentTarget }) => {
              look(currentTarget);
              shared.onBlur();
            }}
            onFocus={(event) => kind === "amount" && event.target.select()}
          />
        )
      }
    </Field>
  );
}
