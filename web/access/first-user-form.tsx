"use client";
import type { SubmitEvent } from "react";
import { Button } from "../components/button.tsx";
import { controlLook, Field } from "../components/form/field.tsx";
import { useText } from "../messages/provider.tsx";
import { createFirstUser } from "./chosen-password.ts";
import { PasswordInput } from "./password-input.tsx";
import { Refusal } from "./sign-in/refusal.tsx";
import { typed } from "./sign-in/sign-in.ts";
import { useSending } from "./use-sending.ts";

/** Creates the first user, and signs in. */
export function FirstUserForm() {
  const { t } = useText();
  const { isBusy, issueAt, refusal, send } = useSending();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const user = { name: typed(form, "name"), email_address: typed(form, "email"), password: typed(form, "password") };
    send(
      () => createFirstUser(user, location.hash.slice(1)),
      // Nobody finds the link in the history of this browser.
      () => location.replace("/"),
    );
  };
  return (
    <form noValidate className="flex max-w-md flex-col gap-4" onSubmit={submit}>
      <Refusal words={refusal} />
      <Field id="name" label={t("access.name")} issue={issueAt("name")} required>
        {(control) => <input {...control} name="name" autoComplete="name" className={controlLook} />}
      </Field>
      <Field id="email" label={t("access.email")} issue={issueAt("email_address")} required>
        {(control) => <input {...control} name="email" type="email" autoComplete="username" className={controlLook} />}
      </Field>
      <PasswordInput
        {...{ id: "password", name: "password", autoComplete: "new-password", issue: issueAt("password") }}
        label={t("access.password")}
        hint={t("access.passwordHint")}
      />
      <div>
        <Button look="primary" type="submit" aria-disabled={isBusy}>
          {t("access.createFirst")}
        </Button>
      </div>
    </form>
  );
}
