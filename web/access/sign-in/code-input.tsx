"use client";
import { useEffect, useRef, useState } from "react";
import { controlLook, Field } from "../../components/form/field.tsx";
import { useText } from "../../messages/provider.tsx";

interface Props {
  readonly id: string;
  readonly issue?: string | undefined;
  /** A recovery code is taken as well. */
  readonly withRecovery?: boolean;
  /** It is what the user types next. */
  readonly isNext?: boolean;
}

/** The code of an authenticator app, on a keyboard of digits; a recovery code has letters. */
export function CodeInput({ id, issue, withRecovery = true, isNext = false }: Props) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [isRecovery, setRecovery] = useState(false);
  useEffect(() => {
    if (isNext) input.current?.focus();
  }, [isNext]);
  return (
    <div className="flex flex-col items-start gap-2">
      <Field
        {...{ id, issue }}
        label={t(isRecovery ? "code.recovery" : "code.code")}
        hint={t(isRecovery ? "code.recoveryHint" : "code.hint")}
        className="w-full"
        required
      >
        {(control) => (
          <input
            {...control}
            ref={input}
            name="code"
            inputMode={isRecovery ? "text" : "numeric"}
            autoComplete="one-time-code"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            maxLength={30}
            className={`${controlLook} font-mono tracking-widest`}
          />
        )}
      </Field>
      {withRecovery && (
        <button
          type="button"
          className="rounded text-accent text-sm underline underline-offset-2 screen-only"
          onClick={() => {
            setRecovery(!isRecovery);
            input.current?.focus();
          }}
        >
          {t(isRecovery ? "code.useApp" : "code.useRecovery")}
        </button>
      )}
    </div>
  );
}
