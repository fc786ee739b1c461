"use client";
import { Search } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { controlLook, Field } from "../../../components/form/field.tsx";
import { useText } from "../../../messages/provider.tsx";

interface Props {
  readonly value: string;
  readonly onChange: (text: string | null) => void;
  readonly input: RefObject<HTMLInputElement | null>;
}

const waitMs = 250;

/** Searches while the user types, a moment after the last letter; Enter searches at once. */
export function TextFilter({ value, onChange, input }: Props) {
  const { t } = useText();
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // Something else changed the address: Back, Forward, a view, Clear filters.
  if (shown !== value) {
    setShown(value);
    if (typed.trim() !== value) setTyped(value);
  }
  const search = (text: string) => {
    clearTimeout(timer.current);
    if (text.trim() !== value) onChange(text);
  };
  return (
    <Field label={t("orders.search")} className="min-w-40 flex-1 md:max-w-sm">
      {(control) => (
        <div className="relative">
          <Search size={15} aria-hidden className="pointer-events-none absolute top-2 left-2.5 text-muted" />
          <input
            {...control}
            ref={input}
            type="search"
            name="q"
            maxLength={100}
            autoComplete="off"
            placeholder={t("orders.searchHint")}
            className={`${controlLook} pl-8`}
            value={typed}
            onChange={({ target }) => {
              setTyped(target.value);
              clearTimeout(timer.current);
              timer.current = setTimeout(() => search(target.value), waitMs);
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter") search(typed);
              if (event.key === "Escape") event.currentTarget.blur();
            }}
          />
        </div>
      )}
    </Field>
  );
}
