"use client";
import { useSession } from "../../api/session/provider.tsx";
import type { Session } from "../../api/session/session.ts";
import { Button } from "../../components/button.tsx";
import { controlLook, Field } from "../../components/form/field.tsx";
import { useText } from "../../messages/provider.tsx";
import { PasswordInput } from "../password-input.tsx";
import { CodeInput } from "../sign-in/code-input.tsx";
import { PasskeySignIn } from "../sign-in/other-ways.tsx";
import { Refusal } from "../sign-in/refusal.tsx";
import { useSignIn } from "../sign-in/use-sign-in.ts";
import { ElsewhereSignIn } from "./elsewhere.tsx";

interface Props {
  readonly onSignedIn: () => void;
}

/** Signs in again the user whose session has ended. */
export function SignInAgain({ onSignedIn }: Props) {
  const { t } = useText();
  const { user, sign_in } = useSession();
  const done = (session: Session) => {
    // With a passkey of somebody else: what was typed here is not sent in that name.
    if (user !== null && session.user?.id !== user.id) location.assign("/");
    else onSignedIn();
  };
  const attempt = useSignIn(done);
  const elsewhere = `/sign-in?${new URLSearchParams({ to: location.pathname + location.search })}`;
  return (
    <form className="flex flex-col gap-4" onSubmit={attempt.submit}>
      <p className="text-muted">{t("access.againWords")}</p>
      <Refusal words={attempt.error} />
      <div className={attempt.asksCode ? "hidden" : "flex flex-col gap-4"}>
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
      </div>
      {attempt.asksCode && <CodeInput id="again-code" isNext />}
      <div className="flex flex-wrap items-center justify-between gap-2">
        {attempt.asksCode ? (
          <Button onClick={attempt.back}>{t("code.back")}</Button>
        ) : (
          <a href={elsewhere} className="text-accent underline underline-offset-2">
            {t("access.asAnother")}
          </a>
        )}
        <span className="flex flex-wrap gap-2">
          {sign_in.passkeys && !attempt.asksCode && <PasskeySignIn onRefused={attempt.setError} onSignedIn={done} />}
          <Button look="primary" type="submit" aria-disabled={attempt.isBusy}>
            {t("access.signIn")}
          </Button>
        </span>
      </div>
      {!attempt.asksCode && <ElsewhereSignIn query={{ to: "/account" }} onDone={onSignedIn} />}
    </form>
  );
}
