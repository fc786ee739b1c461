"use client";
import { type SubmitEvent, useRef, useState } from "react";
import type { Session } from "../../api/session/session.ts";
import { useErrorText } from "../../messages/use-error-text.ts";
import { signIn, typed } from "./sign-in.ts";

/** Signs in with what was typed into a form, asks for the second factor, and says why it did not work. */
export function useSignIn(onSignedIn: (session: Session) => void) {
  const words = useErrorText();
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [asksCode, setAsksCode] = useState(false);
  const running = useRef(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setError(null);
    const code = asksCode ? typed(form, "code") : "";
    const reply = await signIn({ email: typed(form, "email"), password: typed(form, "password"), code });
    running.current = false;
    setBusy(false);
    if (reply.ok) return onSignedIn(reply.data);
    const isAboutCode = reply.code === "second-factor";
    // That there is a second factor is no fault.
    if (!isAboutCode || code !== "") setError(words(reply));
    setAsksCode(isAboutCode || (asksCode && reply.code === "slow-down"));
    // A code that is asked for only now takes the focus when it is drawn.
    const field = form.querySelector<HTMLInputElement>(isAboutCode ? "[name=code]" : "[name=password]");
    field?.select();
    field?.focus();
  };
  const back = () => {
    setAsksCode(false);
    setError(null);
  };
  return {
    ...{ error, isBusy, asksCode, setError, back },
    submit: (event: SubmitEvent<HTMLFormElement>) => void submit(event),
  };
}
