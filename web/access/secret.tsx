"use client";
import { useRef, useState } from "react";
import { Button } from "../components/button.tsx";
import { controlLook, Field } from "../components/form/field.tsx";
import { useText } from "../messages/provider.tsx";

interface Props {
  readonly label: string;
  readonly value: string;
  /** How long it can be used. */
  readonly hint: string;
}

/** A secret that is shown this one time, to be copied. */
export function Secret({ label, value, hint }: Props) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    input.current?.select();
    // Browsers have no clipboard over http from another machine: then it is selected, to be copied by key.
    if (!("clipboard" in navigator)) return;
    await navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <div role="status" className="rounded-xl border border-accent bg-accent-soft p-4">
      <Field label={label} hint={hint}>
        {(control) => (
          <span className="flex gap-2">
            <input
              {...control}
              ref={input}
              readOnly
              value={value}
              className={`${controlLook} font-mono`}
              onFocus={(event) => event.target.select()}
            />
            <Button onClick={() => void copy()}>{t(isCopied ? "access.copied" : "access.copy")}</Button>
          </span>
        )}
      </Field>
    </div>
  );
}
