"use client";
import { controlLook, type FieldControl } from "../../components/form/field.tsx";
import { useText } from "../../messages/provider.tsx";
import type { Locale } from "../../messages/text.ts";
import type { ResourceField } from "../resource.ts";
import { elementId, type FormParts } from "./use-resource-form.ts";

interface Props {
  readonly field: ResourceField;
  readonly form: FormParts;
}

/** One of a few codes, each with its name in the language of the page. */
export function ChoiceInput({ control, field, form }: Props & { readonly control: FieldControl }) {
  const { t, locale } = useText();
  const { name, choices = [], words = {} } = field;
  const { draft, change, leave } = form;
  return (
    <select
      {...control}
      name={name}
      value={draft.texts[name] ?? ""}
      className={controlLook}
      onBlur={() => leave(field)}
      onChange={(event) => change(field, { ...draft, texts: { ...draft.texts, [name]: event.target.value } })}
    >
      {choices.map((code) => (
        // The browser may call a currency by another name than the server does.
        <option key={code} value={code} suppressHydrationWarning>
          {words[code] === undefined ? choiceText(code, locale) : t(words[code])}
        </option>
      ))}
    </select>
  );
}

/** Codes of three letters are currencies, of two are languages. */
function choiceText(code: string, locale: Locale): string {
  const type = code.length === 3 ? "currency" : "language";
  const name = new Intl.DisplayNames(locale, { type }).of(code) ?? code;
  return type === "currency" ? `${code} – ${name}` : name;
}

/** 5 January 2026 was a Monday. */
const monday = 5;

/** The days of the week, each on or off; stored as the numbers from 1 (Monday) to 7 of those that are on. */
export function WeekdaysInput({ field, form: { draft, change, issueAt } }: Props) {
  const { t, locale } = useText();
  const { name, label } = field;
  const on = draft.texts[name] ?? "";
  const format = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const toggle = (day: string) => {
    const next = on.includes(day) ? on.replace(day, "") : [...on, day].sort().join("");
    change(field, { ...draft, texts: { ...draft.texts, [name]: next } });
  };
  const issue = issueAt(field);
  return (
    <fieldset id={elementId(name)} tabIndex={-1} className="col-span-full min-w-0">
      <legend className="mb-1 font-medium text-muted text-xs">{t(label)}</legend>
      <span className="flex flex-wrap gap-x-4 gap-y-1">
        {["1", "2", "3", "4", "5", "6", "7"].map((day, place) => (
          <label key={day} className="flex cursor-pointer items-center gap-1.5 py-0.5">
            <input type="checkbox" className="size-4" checked={on.includes(day)} onChange={() => toggle(day)} />
            <span suppressHydrationWarning>{format.format(Date.UTC(2026, 0, monday + place))}</span>
          </label>
        ))}
      </span>
      {issue !== undefined && <p className="text-bad text-xs">{issue}</p>}
    </fieldset>
  );
}
