"use client";
import { useEffect } from "react";
import { useSession } from "../../api/session/provider.tsx";
import type { Session } from "../../api/session/session.ts";
import { Button } from "../../components/button.tsx";
import { controlLook, Field } from "../../components/form/field.tsx";
import { useText } from "../../messages/provider.tsx";
import { menuId } from "../../shell/data-attributes.ts";
import { followPreferences } from "../../shell/preferences/follow-preferences.ts";
import { PasswordInput } from "../password-input.tsx";
import { CodeInput } from "./code-input.tsx";
import { ForgottenPassword } from "./forgotten-password.tsx";
import { OtherWays } from "./other-ways.tsx";
import { Refusal } from "./refusal.tsx";
import { useSignIn } from "./use-sign-in.ts";

interface Props {
  /** The page that follows: one of these pages. */
  readonly to: string;
  /** Why the form that was sent without JavaScript was refused. */
  readonly refused: string | null;
  /** That form lacked the code of the second factor. */
  readonly asksCode: boolean;
}

/** The form to sign in. Without JavaScript it is sent as it is, to app/session. */
export function SignInForm({ to, refused, asksCode }: Props) {
  const { t } = useText();
  const { state } = useSession();
  const enter = (session: Session) => void enterAs(session, to);
  const attempt = useSignIn(enter);
  // A page that leads here from within leaves what surrounds it; it belongs to whoever was signed in.
  useEffect(() => {
    if (document.getElementById(menuId) !== null && state !== "anonymous") location.reload();
    document.getElementById("email")?.focus();
  }, [state]);
  return (
    <>
      <form method="post" action="/session" className="flex flex-col gap-4" onSubmit={attempt.submit}>
        <input type="hidden" name="to" value={to} />
        <Refusal words={attempt.error ?? (attempt.asksCode ? null : refused)} />
        {/* The code is sent with the rest: the server remembers nothing of an attempt. */}
        <div className={attempt.asksCode ? "hidden" : "flex flex-col gap-4"}>
          <Field id="email" label={t("access.email")} required>
            {(control) => (
              <input
                {...control}
                name="email"
                type="email"
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                required
                className={controlLook}
              />
            )}
          </Field>
          <PasswordInput id="password" name="password" label={t("access.password")} autoComplete="current-password" />
        </div>
        {(attempt.asksCode || asksCode) && <CodeInput id="code" isNext={attempt.asksCode} />}
        <Button look="primary" type="submit" aria-disabled={attempt.isBusy}>
          {t("access.signIn")}
        </Button>
        {attempt.asksCode && <Button onClick={attempt.back}>{t("code.back")}</Button>}
      </form>
      {!attempt.asksCode && <OtherWays to={to} onRefused={attempt.setError} onSignedIn={enter} />}
      <Forgotten />
    </>
  );
}

const patienceMs = 1500;

/** The first page is drawn as the user has chosen elsewhere, if that is known soon. */
async function enterAs({ user }: Session, to: string): Promise<void> {
  if (user !== null) document.documentElement.dataset.user = String(user.id);
  const late = new Promise((resolve) => setTimeout(resolve, patienceMs));
  await Promise.race([followPreferences().catch(() => false), late]);
  location.assign(to);
}

/** What to do without the password. */
function Forgotten() {
  const { t } = useText();
  const { mail } = useSession().sign_in;
  if (!mail) return <p className="text-muted text-sm">{t("access.forgotten")}</p>;
  return <ForgottenPassword />;
}
