"use client";
import type { SubmitEvent } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { useToast } from "../../components/toast.tsx";
import { useText } from "../../messages/provider.tsx";
import { useRefresh } from "../../shell/connection/connection.ts";
import { PasswordInput } from "../password-input.tsx";
import { Refusal } from "../sign-in/refusal.tsx";
import { typed } from "../sign-in/sign-in.ts";
import { useSending } from "../use-sending.ts";

/** Changes the user's own password, which ends all other sessions. */
export function ChangePassword() {
  const { t } = useText();
  const toast = useToast();
  const refresh = useRefresh();
  const { isBusy, issueAt, refusal, send } = useSending();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const body = { current_password: typed(form, "current"), new_password: typed(form, "new") };
    send(
      () => write({ method: "PUT", path: "/api/account/password", body, key: newKey() }),
      () => {
        form.reset();
        toast.info(t("access.passwordChanged"));
        refresh();
      },
    );
  };
  return (
    <Card title={t("access.password")}>
      <form noValidate className="flex flex-col gap-3 p-4" onSubmit={submit}>
        <Refusal words={refusal} />
        <PasswordInput
          {...{ id: "current", name: "current", autoComplete: "current-password", issue: issueAt("current_password") }}
          label={t("access.currentPassword")}
        />
        <PasswordInput
          {...{ id: "new", name: "new", autoComplete: "new-password", issue: issueAt("new_password") }}
          label={t("access.newPassword")}
          hint={t("access.passwordHint")}
        />
        <div>
          <Button type="submit" aria-disabled={isBusy}>
            {t("access.changePassword")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
