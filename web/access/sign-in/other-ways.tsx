"use client";
import { useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { useSession } from "../../api/session/provider.tsx";
import type { Session } from "../../api/session/session.ts";
import { Button } from "../../components/button.tsx";
import { useText } from "../../messages/provider.tsx";
import { useErrorText } from "../../messages/use-error-text.ts";
import { askPasskey } from "./passkey.ts";

interface Props {
  /** The page that follows. */
  readonly to: string;
  readonly onRefused: (words: string | null) => void;
  readonly onSignedIn: (session: Session) => void;
}

/** The ways to sign in without a password, as far as the server offers any. */
export function OtherWays({ to, onRefused, onSignedIn }: Props) {
  const { t } = useText();
  const { passkeys, single_sign_on } = useSession().sign_in;
  if (!passkeys && single_sign_on === null) return null;
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-center gap-3 text-muted text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t("access.or")}
      </p>
      {passkeys && <PasskeySignIn {...{ onRefused, onSignedIn }} />}
      {single_sign_on !== null && (
        // No link of Next.js: it would load the provider's page ahead.
        <a
          href={`/api/session/single-sign-on?${new URLSearchParams({ to })}`}
          className="inline-flex h-8 items-center justify-center rounded-md border border-line bg-surface px-3 font-medium text-ink text-sm hover:border-line-strong"
        >
          {t("access.singleSignOn", { name: single_sign_on })}
        </a>
      )}
    </div>
  );
}

/** Signs in with a passkey of this device. */
export function PasskeySignIn({ onRefused, onSignedIn }: Omit<Props, "to">) {
  const { t } = useText();
  const words = useErrorText();
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    if (isBusy) return;
    setBusy(true);
    onRefused(null);
    const made = await signInWithPasskey();
    setBusy(false);
    if (made.ok) return onSignedIn(made.data);
    onRefused("key" in made ? t(made.key, made.values) : words(made));
  };
  return (
    <Button aria-disabled={isBusy} onClick={() => void run()}>
      {t("passkey.signIn")}
    </Button>
  );
}

async function signInWithPasskey() {
  const made = await askPasskey();
  if (!made.ok) return made;
  const body = { response: made.response };
  return write<Session>({ method: "POST", path: "/api/session/passkey", body, key: newKey() });
}
