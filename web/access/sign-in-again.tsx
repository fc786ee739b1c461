"use client";
import { useSession } from "../api/session/provider.tsx";
import { useSignInQuestion } from "../api/session/sign-in-again.ts";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { controlLook, Field } from "../components/form/field.tsx";
import { useText } from "../messages/provider.tsx";
import { PasswordInput } from "./password-input.tsx";
import { Refusal, useSignIn } from "./sign-in-form.tsx";

/** Asks over the page for the password of the user whose session has ended: what was typed below stays there. */
export function SignInAgain() {
  const { t } = useText();
  const question = useSignInQuestion();
  return (
    <Dialog title={t("access.again")} isOpen={question !== null} onClose={() => question?.answer(false)}>
      <Form onSignedIn={() => question?.answer(true)} />
    </Dialog>
  );
}

function Form({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { t } = useText();
  const { user } = useSession();
  const attempt = useSignIn(onSignedIn);
  const elsewhere = `/sign-in?${new URLSearchParams({ to: location.pathname + location.search })}`;
  return (
    <form className="flex flex-col gap-4" onSubmit={attempt.submit}>
      <p className="text-muted">{t("access.againWords")}</p>
      <Refusal words={attempt.error} />
      <Field id="again-email" label={t("access.email")}>
        {(control) => (
          <input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            className={controlLook}
            readOnly={user !== null}
            defaultValue={user?.email_address ?? ""}
          />
        )}
      </Field>
      <PasswordInput
        {...{ id: "again-password", name: "password", autoComplete: "current-password", focusFirst: true }}
        label={t("access.password")}
      />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <a href={elsewhere} className="text-accent underline underline-offset-2">
          {t("access.asAnother")}
        </a>
        <Button look="primary" type="submit" aria-disabled={attempt.isBusy}>
          {t("access.signIn")}
        </Button>
      </div>
    </form>
  );
}
