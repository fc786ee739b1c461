"use client";
import dynamic from "next/dynamic";
import { type SubmitEvent, useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { useToast } from "../../components/toast.tsx";
import { useText } from "../../messages/provider.tsx";
import { useRefresh } from "../../shell/connection/connection.ts";
import { Secret } from "../secret.tsx";
import { CodeInput } from "../sign-in/code-input.tsx";
import { Refusal } from "../sign-in/refusal.tsx";
import { typed } from "../sign-in/sign-in.ts";
import { useSending } from "../use-sending.ts";
import type { Account } from "./account.ts";
import { RecoveryCodes } from "./recovery-codes.tsx";

/** Loaded when an app is set up: few visits do. */
const QrCode = dynamic(async () => (await import("./qr-code.tsx")).QrCode, { loading: () => null });

interface Offer {
  readonly secret: string;
  readonly uri: string;
}

interface Codes {
  readonly recovery_codes: readonly string[];
}

/** As many are left when it is time to make new ones. */
const fewCodes = 3;

type Props = Pick<Account, "email_address" | "has_totp" | "recovery_codes">;

/** The authenticator app: set up, replaced or removed; and the recovery codes for when it is lost. */
export function Totp({ email_address, has_totp, recovery_codes: left }: Props) {
  const { t } = useText();
  const toast = useToast();
  const refresh = useRefresh();
  const { isBusy, issueAt, refusal, send } = useSending();
  const [offer, setOffer] = useState<Offer | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const begin = () => send(() => write<Offer>({ method: "POST", path: "/api/account/totp", key: newKey() }), setOffer);
  const show = ({ recovery_codes }: Codes) => {
    setOffer(null);
    setCodes(recovery_codes);
    refresh();
  };
  const confirm = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = { code: typed(event.currentTarget, "code") };
    send(() => write<Codes>({ method: "PUT", path: "/api/account/totp", body, key: newKey() }), show);
  };
  const renew = () =>
    send(() => write<Codes>({ method: "POST", path: "/api/account/recovery-codes", key: newKey() }), show);
  const remove = () =>
    send(
      () => write({ method: "DELETE", path: "/api/account/totp", key: newKey() }),
      () => {
        setCodes(null);
        toast.info(t("totp.removed"));
        refresh();
      },
    );
  return (
    <Card title={t("totp.title")}>
      <div className="flex flex-col gap-4 p-4">
        <p className="text-muted">{t(has_totp ? "totp.isOn" : "totp.about")}</p>
        <Refusal words={refusal} />
        {offer !== null && (
          <SetUp {...{ offer, isBusy, confirm }} issue={issueAt("code")} onLeave={() => setOffer(null)} />
        )}
        {codes !== null && <RecoveryCodes {...{ codes }} account={email_address} onDone={() => setCodes(null)} />}
        {has_totp && codes === null && offer === null && (
          <p className={left <= fewCodes ? "text-warn" : "text-muted"}>{t("totp.left", { count: left })}</p>
        )}
        {offer === null && codes === null && (
          <div className="flex flex-wrap gap-2">
            <Button aria-disabled={isBusy} onClick={begin}>
              {t(has_totp ? "totp.replace" : "totp.setUp")}
            </Button>
            {has_totp && (
              <>
                <Button aria-disabled={isBusy} onClick={renew}>
                  {t("totp.newCodes")}
                </Button>
                <Button look="danger" aria-disabled={isBusy} onClick={remove}>
                  {t("totp.remove")}
                </Button>
              </>
            )}
          </div>
        )}
      </div>
    </Card>
  );
}

interface SetUpProps {
  readonly offer: Offer;
  readonly isBusy: boolean;
  readonly issue: string | undefined;
  readonly confirm: (event: SubmitEvent<HTMLFormElement>) => void;
  readonly onLeave: () => void;
}

/** The secret as a picture and as text, and the first code, which shows that the app has it. */
function SetUp({ offer: { secret, uri }, isBusy, issue, confirm, onLeave }: SetUpProps) {
  const { t } = useText();
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={confirm}>
      <p>{t("totp.scan")}</p>
      <QrCode value={uri} label={t("totp.picture")} />
      <Secret label={t("totp.secret")} value={secret} hint={t("totp.secretHint")} />
      <CodeInput id="totp-code" issue={issue} withRecovery={false} isNext />
      <div className="flex flex-wrap gap-2">
        <Button look="primary" type="submit" aria-disabled={isBusy}>
          {t("totp.confirm")}
        </Button>
        <Button onClick={onLeave}>{t("totp.leave")}</Button>
      </div>
    </form>
  );
}
