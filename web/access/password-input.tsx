"use client";
import { useState } from "react";
import { controlLook, Field } from "../components/form/field.tsx";
import { useText } from "../messages/provider.tsx";

interface Props {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly autoComplete: "current-password" | "new-password";
  readonly hint?: string | undefined;
  readonly issue?: string | undefined;
  readonly focusFirst?: boolean;
}

/** A password that is typed once and can be looked at. The form reads it when it is sent. */
export function PasswordInput({ id, label, name, autoComplete, hint, issue, focusFirst = false }: Props) {
  const { t } = useText();
  const [isShown, setShown] = useState(false);
  const [isCapsLock, setCapsLock] = useState(false);
  return (
    <Field {...{ id, label, hint, issue }} warning={isCapsLock ? t("access.capsLock") : undefined} required>
      {(control) => (
        <span className="flex gap-2">
          <input
            {...control}
            {...(focusFirst ? { "data-focus-first": true } : {})}
            name={name}
            type={isShown ? "text" : "password"}
            autoComplete={autoComplete}
            autoCapitalize="none"
            spellCheck={false}
            required
            className={controlLook}
            onKeyUp={(event) => setCapsLock(event.getModifierState("CapsLock"))}
          />
          <button
            type="button"
            aria-pressed={isShown}
            className="h-8 shrink-0 rounded-md border border-line px-2.5 text-muted text-sm hover:border-line-strong hover:text-ink"
            onClick={() => setShown(!isShown)}
          >
            {t(isShown ? "access.hidePassword" : "access.showPassword")}
          </button>
        </span>
      )}
    </Field>
  );
}
