"use client";
import { type SubmitEvent, useState } from "react";
import { Button } from "../components/button.tsx";
import { useText } from "../messages/provider.tsx";
import { choosePassword } from "./chosen-password.ts";
import { PasswordInput } from "./password-input.tsx";
import { CodeInput } from "./sign-in/code-input.tsx";
import { Refusal } from "./sign-in/refusal.tsx";
import { typed } from "./sign-in/sign-in.ts";
import { useSending } from "./use-sending.ts";

/** Chooses a password. The link is the fragment of the address, which no browser sends to a server. */
export function PasswordLinkForm() {
  const { t } = useText();
  const { isBusy, issueAt, refusal, code: refusedAs, send } = useSending();
  const [asksCode, setAsksCode] = useState(false);
  if (refusedAs === "second-factor" && !asksCode) setAsksCode(true);
  const [isMissing, setMissing] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const link = location.hash.slice(1);
    const password = typed(event.currentTarget, "password");
    const code = asksCode ? typed(event.currentTarget, "code") : "";
    setMissing(link === "");
    if (link === "") return;
    send(
      () => choosePassword(link, password, code),
      // Nobody finds the link in the history of this browser.
      () => location.replace("/"),
    );
  };
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={submit}>
      <Refusal words={isMissing ? t("access.noLink") : refusal} />
      <PasswordInput
        {...{ id: "password", name: "password", autoComplete: "new-password", issue: issueAt("password") }}
        label={t("access.newPassword")}
        hint={t("access.passwordHint")}
      />
      {asksCode && <CodeInput id="code" isNext />}
      <Button look="primary" type="submit" aria-disabled={isBusy}>
        {t("access.setPassword")}
      </Button>
      <noscript>{t("access.noScript")}</noscript>
    </form>
  );
}
