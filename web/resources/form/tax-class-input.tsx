"use client";
import { useEffect, useState } from "react";
import { read } from "../../api/browser.ts";
import { controlLook, type FieldControl } from "../../components/form/field.tsx";
import { useText } from "../../messages/provider.tsx";
import type { ResourceField } from "../resource.ts";
import type { FormParts } from "./use-resource-form.ts";

interface Props {
  readonly control: FieldControl;
  readonly field: ResourceField;
  readonly form: FormParts;
}

/** The tax class of a product: one of those that have a rate, or none. */
export function TaxClassInput({ control, field, form: { draft, change, leave } }: Props) {
  const { t } = useText();
  const chosen = draft.texts[field.name] ?? "";
  const classes = useTaxClasses();
  const all = chosen === "" || classes.includes(chosen) ? classes : [chosen, ...classes];
  return (
    <select
      {...control}
      name={field.name}
      value={chosen}
      className={controlLook}
      onBlur={() => leave(field)}
      onChange={(event) => change(field, { ...draft, texts: { ...draft.texts, [field.name]: event.target.value } })}
    >
      <option value="">{t("field.noTaxClass")}</option>
      {all.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
}

/** The names of the tax classes; none until they are read, or where they cannot be. */
function useTaxClasses(): readonly string[] {
  const [classes, setClasses] = useState<readonly string[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    read<readonly { readonly tax_class: string }[]>("/api/tax_rates?sort=name&limit=1000", stop.signal).then(
      (reply) => reply.ok && setClasses([...new Set(reply.data.map(({ tax_class }) => tax_class))]),
    );
    return () => stop.abort();
  }, []);
  return classes;
}
