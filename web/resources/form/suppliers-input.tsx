"use client";
import { X } from "lucide-react";
import { useState } from "react";
import { Combobox } from "../../components/form/combobox.tsx";
import type { FieldControl } from "../../components/form/field.tsx";
import type { Choice } from "../../components/form/use-choices.ts";
import { useText } from "../../messages/provider.tsx";
import { searchSuppliers } from "../../orders/searches.ts";
import type { ResourceField } from "../resource.ts";
import { elementId, type FormParts } from "./use-resource-form.ts";

interface Props {
  readonly control: FieldControl;
  readonly field: ResourceField;
  readonly form: FormParts;
}

/** Several suppliers: each is chosen by part of its name and listed above until it is removed. */
export function SuppliersInput({ control, field, form: { draft, change, leave } }: Props) {
  const { t } = useText();
  // A new combobox for each choice, so that it is empty for the next one.
  const [round, setRound] = useState(0);
  const { suppliers } = draft;
  const put = (next: readonly Choice[]) => change(field, { ...draft, suppliers: next });
  const setUnmatched = (text: string | null) => {
    const { [field.name]: _, ...texts } = draft.texts;
    if (text !== (draft.texts[field.name] ?? null))
      change(field, { ...draft, texts: text === null ? texts : { ...texts, [field.name]: text } });
  };
  const add = (choice: Choice | null) => {
    if (choice === null) return;
    const { [field.name]: _, ...texts } = draft.texts;
    const isKnown = suppliers.some(({ id }) => id === choice.id);
    const all = isKnown ? suppliers : [...suppliers, { id: choice.id, name: choice.name }];
    change(field, { ...draft, texts, suppliers: all });
    setRound(round + 1);
    requestAnimationFrame(() => document.getElementById(elementId(field.name))?.focus());
  };
  return (
    <>
      {suppliers.length > 0 && (
        <ul className="flex flex-wrap gap-1.5 pb-1">
          {suppliers.map(({ id, name }) => (
            <li key={id} className="flex max-w-full items-center gap-1 rounded-md bg-accent-soft py-0.5 pr-0.5 pl-2.5">
              <span className="truncate">{name}</span>
              <button
                type="button"
                aria-label={t("resource.removeSupplier", { name })}
                className="grid size-6 shrink-0 place-items-center rounded text-muted hover:bg-surface hover:text-ink"
                onClick={() => {
                  put(suppliers.filter((each) => each.id !== id));
                  document.getElementById(elementId(field.name))?.focus();
                }}
              >
                <X size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Combobox
        key={round}
        control={control}
        value={null}
        unmatched={draft.texts[field.name]}
        onUnmatched={setUnmatched}
        onBlur={() => leave(field)}
        onChange={add}
        search={searchSuppliers}
        placeholder={t("orderForm.typeName")}
      />
    </>
  );
}
