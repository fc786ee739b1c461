"use client";
import { controlLook, Field, type FieldControl } from "../../components/form/field.tsx";
import { useText } from "../../messages/provider.tsx";
import type { ResourceField } from "../resource.ts";
import { ChoiceInput, WeekdaysInput } from "./choice-input.tsx";
import { SuppliersInput } from "./suppliers-input.tsx";
import { TaxClassInput } from "./tax-class-input.tsx";
import { elementId, type FormParts } from "./use-resource-form.ts";

interface Props {
  readonly field: ResourceField;
  readonly form: FormParts;
}

/** One field of the form, by its kind. */
export function FieldInput({ field, form }: Props) {
  const { t } = useText();
  const { name, label, kind, required = false } = field;
  if (kind === "switch") return <SwitchInput field={field} form={form} />;
  if (kind === "weekdays") return <WeekdaysInput field={field} form={form} />;
  const isWide = kind === "lines" || kind === "suppliers" || required;
  return (
    <Field
      id={elementId(name)}
      label={t(label)}
      required={required}
      issue={form.issueAt(field)}
      className={isWide && kind !== "amount" ? "col-span-full" : ""}
    >
      {(control) =>
        kind === "suppliers" ? (
          <SuppliersInput control={control} field={field} form={form} />
        ) : kind === "taxClass" ? (
          <TaxClassInput control={control} field={field} form={form} />
        ) : kind === "choice" ? (
          <ChoiceInput control={control} field={field} form={form} />
        ) : (
          <TextInput control={control} field={field} form={form} />
        )
      }
    </Field>
  );
}

function TextInput({ control, field, form }: Props & { readonly control: FieldControl }) {
  const { name, kind, autoComplete, required } = field;
  const { draft, change, leave } = form;
  const shared = {
    ...control,
    name,
    value: draft.texts[name] ?? "",
    autoComplete: autoComplete ?? "off",
    "aria-required": required,
    onBlur: () => leave(field),
  };
  const type = (text: string) => change(field, { ...draft, texts: { ...draft.texts, [name]: text } });
  if (kind === "lines") {
    const look = `${controlLook} h-auto! min-h-16 py-1.5`;
    return <textarea {...shared} rows={3} className={look} onChange={(event) => type(event.target.value)} />;
  }
  const isNumber = kind === "amount" || kind === "count" || kind === "rate";
  return (
    <input
      {...shared}
      type={typeOf(field)}
      inputMode={kind === "amount" || kind === "rate" ? "decimal" : kind === "count" ? "numeric" : undefined}
      className={`${controlLook} ${isNumber ? "numbers text-right" : ""}`}
      onChange={(event) => type(event.target.value)}
      onFocus={(event) => isNumber && event.target.select()}
    />
  );
}

function typeOf({ name, kind }: ResourceField): string {
  if (kind === "day") return "date";
  return name === "email_address" ? "email" : name.endsWith("_phone") ? "tel" : "text";
}

/** A switch: on or off, shown by a word and by the position of its knob. */
function SwitchInput({ field, form: { draft, change } }: Props) {
  const { t } = useText();
  const { name, label } = field;
  const isOn = draft.switches[name] ?? false;
  return (
    <label className="col-span-full flex w-fit cursor-pointer items-center gap-3 py-1">
      <span className="relative inline-flex">
        <input
          id={elementId(name)}
          name={name}
          type="checkbox"
          role="switch"
          checked={isOn}
          aria-checked={isOn}
          className="peer h-5 w-9 cursor-pointer appearance-none rounded-full border border-line-strong bg-canvas checked:border-accent checked:bg-accent"
          onChange={(event) =>
            change(field, { ...draft, switches: { ...draft.switches, [name]: event.target.checked } })
          }
        />
        <span
          aria-hidden
          className="pointer-events-none absolute top-1 left-1 size-3 rounded-full bg-line-strong transition-transform peer-checked:translate-x-4 peer-checked:bg-on-accent"
        />
      </span>
      <span>{t(label)}</span>
      <span aria-hidden className="text-muted">
        {t(isOn ? "value.yes" : "value.no")}
      </span>
    </label>
  );
}
