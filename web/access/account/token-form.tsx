"use client";
import { rights as allRights } from "northwind-api/src/rights/rights.ts";
import { type SubmitEvent, useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { useSession } from "../../api/session/provider.tsx";
import type { Right } from "../../api/session/session.ts";
import { Button } from "../../components/button.tsx";
import { controlLook, Field } from "../../components/form/field.tsx";
import { useText } from "../../messages/provider.tsx";
import { useRefresh } from "../../shell/connection/connection.ts";
import { CheckList } from "../check-list.tsx";
import { Secret } from "../secret.tsx";
import { Refusal } from "../sign-in/refusal.tsx";
import { typed } from "../sign-in/sign-in.ts";
import { useSending } from "../use-sending.ts";

const names = Object.keys(allRights).filter((name): name is Right => name in allRights);

/** Makes a token with some of the user's own rights, and shows it once. */
export function TokenForm() {
  const { t } = useText();
  const refresh = useRefresh();
  const { rights: own } = useSession();
  const { isBusy, issueAt, refusal, send } = useSending();
  const [rights, setRights] = useState<ReadonlySet<string>>(new Set(["read-orders"]));
  const [made, setMade] = useState<string | null>(null);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const networks = typed(form, "networks")
      .split(/[\s,]+/)
      .filter((part) => part !== "");
    const day = typed(form, "expires");
    const body = {
      ...{ name: typed(form, "token-name"), rights: own.filter((right) => rights.has(right)) },
      networks: networks.length === 0 ? null : networks,
      expires_at: day === "" ? null : `${day}T00:00:00`,
    };
    send(
      () => write<{ token: string }>({ method: "POST", path: "/api/tokens", body, key: newKey() }),
      ({ token }) => {
        setMade(token);
        form.reset();
        refresh();
      },
    );
  };
  return (
    <form noValidate className="flex flex-col gap-3 border-line border-t p-4" onSubmit={submit}>
      {made !== null && <Secret label={t("access.token")} value={made} hint={t("access.tokenHint")} />}
      <Refusal words={refusal} />
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label={t("access.tokenName")} issue={issueAt("name")} required>
          {(control) => <input {...control} name="token-name" autoComplete="off" className={controlLook} />}
        </Field>
        <Field label={t("access.expiresOn")} hint={t("access.expiresHint")} issue={issueAt("expires_at")}>
          {(control) => <input {...control} name="expires" type="date" className={controlLook} />}
        </Field>
        <Field label={t("access.networks")} hint={t("access.networksHint")} issue={issueAt("networks")}>
          {(control) => <input {...control} name="networks" autoComplete="off" className={controlLook} />}
        </Field>
      </div>
      <CheckList
        title={t("access.rights")}
        choices={names
          .filter((right) => own.includes(right))
          .map((right) => ({ name: right, label: right, about: t(`right.${right}`) }))}
        chosen={rights}
        onChange={setRights}
        issue={issueAt("rights")}
        columns
      />
      <div>
        <Button type="submit" aria-disabled={isBusy}>
          {t("access.makeToken")}
        </Button>
      </div>
    </form>
  );
}
