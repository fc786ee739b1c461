"use client";
import { type SubmitEvent, useEffect, useRef, useState } from "react";
import { Button } from "../components/button.tsx";
import { controlLook, Field } from "../components/form/field.tsx";
import { useText } from "../messages/provider.tsx";
import { useErrorText } from "../messages/use-error-text.ts";
import { menuId } from "../shell/data-attributes.ts";
import { PasswordInput } from "./password-input.tsx";
import { signIn, typed } from "./sign-in.ts";

interface Props {
  /** The page that follows: one of these pages. */
  readonly to: string;
  /** Why the form that was sent without JavaScript was refused. */
  readonly refused: string | null;
}

/** The form to sign in. Without JavaScript it is sent as it is, to app/session. */
export function SignInForm({ to, refused }: Props) {
  const { t } = useText();
  const attempt = useSignIn(() => location.assign(to));
  // A page that leads here from within leaves what surrounds it; it belongs to whoever was signed in.
  useEffect(() => {
    if (document.getElementById(menuId) !== null) location.reload();
    document.getElementById("email")?.focus();
  }, []);
  return (
    <form method="post" action="/session" className="flex flex-col gap-4" onSubmit={attempt.submit}>
      <input type="hidden" name="to" value={to} />
      <Refusal words={attempt.error ?? refused} />
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
      <Button look="primary" type="submit" aria-disabled={attempt.isBusy}>
        {t("access.signIn")}
      </Button>
      <p className="text-muted text-sm">{t("access.forgotten")}</p>
    </form>
  );
}

/** Why a form was refused. */
export function Refusal({ words }: { readonly words: string | null }) {
  return (
    <div role="alert" className="empty:hidden">
      {words !== null && <p className="rounded-xl border border-bad bg-bad-soft px-4 py-2.5 text-bad">{words}</p>}
    </div>
  );
}

/** Signs in with what was typed into a form, and says why it did not work. */
export function useSignIn(onSignedIn: () => void) {
  const words = useErrorText();
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const running = useRef(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setError(null);
    const reply = await signIn(typed(form, "email"), typed(form, "password"));
    running.current = false;
    setBusy(false);
    if (reply.ok) return onSignedIn();
    setError(words(reply));
    const field = form.querySelector<HTMLInputElement>("[name=password]");
    field?.select();
    field?.focus();
  };
  return { error, isBusy, submit: (event: SubmitEvent<HTMLFormElement>) => void submit(event) };
}
