"use client";
import { type SubmitEvent, useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { Button } from "../../components/button.tsx";
import { controlLook, Field } from "../../components/form/field.tsx";
import { useText } from "../../messages/provider.tsx";
import { useSending } from "../use-sending.ts";
import { Refusal } from "./refusal.tsx";
import { typed } from "./sign-in.ts";

/** Asks for a mail with a link to choose another password. The answer never tells whether there is such an account. */
export function ForgottenPassword() {
  const { t } = useText();
  const { isBusy, issueAt, refusal, send } = useSending();
  const [isSent, setSent] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = { email_address: typed(event.currentTarget, "forgotten-email") };
    const request = { method: "POST", path: "/api/session/password-reset", body, key: newKey() } as const;
    send(
      () => write(request),
      () => setSent(true),
    );
  };
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer rounded text-accent underline underline-offset-2">
        {t("access.forgottenAsk")}
      </summary>
      <form noValidate className="mt-3 flex flex-col gap-3" onSubmit={submit}>
        <Refusal words={refusal} />
        <Field id="forgotten-email" label={t("access.email")} issue={issueAt("email_address")} required>
          {(control) => (
            <input
              {...control}
              name="forgotten-email"
              type="email"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              className={controlLook}
            />
          )}
        </Field>
        <Button type="submit" aria-disabled={isBusy}>
          {t("access.forgottenSend")}
        </Button>
        <p role="status" className="text-good">
          {isSent && t("access.forgottenSent")}
        </p>
      </form>
    </details>
  );
}
