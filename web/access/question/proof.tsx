"use client";
import { type SubmitEvent, useEffect, useState } from "react";
import { proofPath, read, write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { useSession } from "../../api/session/provider.tsx";
import type { Session } from "../../api/session/session.ts";
import { Button } from "../../components/button.tsx";
import { useText } from "../../messages/provider.tsx";
import { useErrorText } from "../../messages/use-error-text.ts";
import type { Account } from "../account/account.ts";
import { PasswordInput } from "../password-input.tsx";
import { askPasskey } from "../sign-in/passkey.ts";
import { Refusal } from "../sign-in/refusal.tsx";
import { typed } from "../sign-in/sign-in.ts";
import { ElsewhereSignIn } from "./elsewhere.tsx";

interface Props {
  readonly onDone: () => void;
}

/** Asks once more for the password or a passkey: whoever finds an open window must not delete or let others in. */
export function Proof({ onDone }: Props) {
  const { t } = useText();
  const { sign_in } = useSession();
  const account = useAccount();
  const { error, isBusy, prove } = useProof(onDone);
  const hasPassword = account?.has_password !== false;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = typed(event.currentTarget, "password");
    const field = event.currentTarget.querySelector<HTMLInputElement>("[name=password]");
    prove(
      async () => ({ password }),
      () => field?.select(),
    );
  };
  const withPasskey = () =>
    prove(async () => {
      const made = await askPasskey();
      return made.ok ? { passkey: made.response } : made;
    });
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <p className="text-muted">{t("proof.about")}</p>
      <Refusal words={error} />
      {hasPassword && (
        <PasswordInput
          {...{ id: "proof-password", name: "password", autoComplete: "current-password", focusFirst: true }}
          label={t("access.password")}
        />
      )}
      <div className="flex flex-wrap justify-end gap-2">
        {sign_in.passkeys && account?.passkeys !== 0 && (
          <Button aria-disabled={isBusy} onClick={withPasskey}>
            {t("proof.passkey")}
          </Button>
        )}
        {hasPassword && (
          <Button look="primary" type="submit" aria-disabled={isBusy}>
            {t("proof.confirm")}
          </Button>
        )}
      </div>
      {!hasPassword && <ElsewhereSignIn query={{ purpose: "proof", to: "/account" }} onDone={onDone} />}
    </form>
  );
}

/** With what the user can prove it; null until that is known. */
function useAccount(): Account | null {
  const [account, setAccount] = useState<Account | null>(null);
  useEffect(() => {
    const request = new AbortController();
    void read<Account>("/api/account", request.signal).then((reply) => {
      if (reply.ok) setAccount(reply.data);
    });
    return () => request.abort();
  }, []);
  return account;
}

type Evidence =
  | { readonly password: string }
  | { readonly passkey: object }
  | Exclude<Awaited<ReturnType<typeof askPasskey>>, { ok: true }>;

function useProof(onDone: () => void) {
  const { t } = useText();
  const words = useErrorText();
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async (evidence: () => Promise<Evidence>, onRefused: () => void) => {
    if (isBusy) return;
    setBusy(true);
    setError(null);
    const body = await evidence();
    const reply = "ok" in body ? body : await write<Session>({ method: "POST", path: proofPath, body, key: newKey() });
    setBusy(false);
    if (reply.ok) return onDone();
    const isWrong = "status" in reply && reply.status === 422;
    setError(isWrong ? t("proof.wrong") : "key" in reply ? t(reply.key, reply.values) : words(reply));
    onRefused();
  };
  return {
    ...{ error, isBusy },
    prove: (evidence: () => Promise<Evidence>, onRefused: () => void = () => {}) => void run(evidence, onRefused),
  };
}
