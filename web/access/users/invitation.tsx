"use client";
import { useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { dateText } from "../../components/date-text.tsx";
import { useText } from "../../messages/provider.tsx";
import { localTime } from "../local-time.ts";
import { Secret } from "../secret.tsx";
import { Refusal } from "../sign-in/refusal.tsx";
import { useSending } from "../use-sending.ts";

interface Made {
  readonly link: string;
  readonly expires_at: string;
  /** It is on its way to the user as well. */
  readonly mailed: boolean;
}

interface Props {
  readonly userId: number;
  /** Whether the user has a password already. */
  readonly hasPassword: boolean;
}

/** Makes the one-time link with which a user chooses a password. */
export function Invitation({ userId, hasPassword }: Props) {
  const { t, locale } = useText();
  const { isBusy, refusal, send } = useSending();
  const [made, setMade] = useState<Made | null>(null);
  const make = () =>
    send(() => write<Made>({ method: "POST", path: `/api/users/${userId}/password-link`, key: newKey() }), setMade);
  return (
    <Card title={t("access.invitation")}>
      <div className="flex flex-col items-start gap-3 p-4">
        <p className="text-muted">{t(hasPassword ? "access.resetAbout" : "access.invitationAbout")}</p>
        <Refusal words={refusal} />
        <Button aria-disabled={isBusy} onClick={make}>
          {t(hasPassword ? "access.makeReset" : "access.makeInvitation")}
        </Button>
        {made !== null && (
          <div className="flex w-full flex-col gap-2">
            {made.mailed && <p className="text-good">{t("access.linkMailed")}</p>}
            <Secret
              label={t("access.link")}
              value={`${location.origin}/password#${made.link}`}
              hint={t("access.linkHint", { time: dateText(localTime(made.expires_at), locale, "minute") })}
            />
          </div>
        )}
      </div>
    </Card>
  );
}
