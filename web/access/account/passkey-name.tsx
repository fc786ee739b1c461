"use client";
import { type SubmitEvent, useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { Button } from "../../components/button.tsx";
import { controlLook, Field } from "../../components/form/field.tsx";
import { useText } from "../../messages/provider.tsx";
import { useRefresh } from "../../shell/connection/connection.ts";
import { Refusal } from "../sign-in/refusal.tsx";
import { typed } from "../sign-in/sign-in.ts";
import { useSending } from "../use-sending.ts";

interface Props {
  readonly id: number;
  readonly name: string;
}

/** The name of a passkey, and the form to change it. */
export function PasskeyName({ id, name }: Props) {
  const { t } = useText();
  const refresh = useRefresh();
  const { isBusy, issueAt, refusal, send } = useSending();
  const [isEditing, setEditing] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = { name: typed(event.currentTarget, "name").trim() };
    send(
      () => write({ method: "PUT", path: `/api/account/passkeys/${id}`, body, key: newKey() }),
      () => {
        setEditing(false);
        refresh();
      },
    );
  };
  if (!isEditing)
    return (
      <span className="flex flex-wrap items-baseline gap-x-3">
        <span className="min-w-0 break-words font-medium">{name}</span>
        <button
          type="button"
          aria-label={t("passkey.renameOf", { name })}
          className="rounded text-accent text-sm underline underline-offset-2"
          onClick={() => setEditing(true)}
        >
          {t("passkey.rename")}
        </button>
      </span>
    );
  return (
    <form noValidate className="mb-2 flex flex-wrap items-end gap-2" onSubmit={submit}>
      <Refusal words={refusal} />
      <Field label={t("passkey.name")} issue={issueAt("name")} className="flex-1 basis-40">
        {(control) => (
          <input
            {...control}
            name="name"
            autoComplete="off"
            maxLength={100}
            defaultValue={name}
            className={controlLook}
          />
        )}
      </Field>
      <Button type="submit" aria-disabled={isBusy}>
        {t("resource.save")}
      </Button>
      <Button onClick={() => setEditing(false)}>{t("totp.leave")}</Button>
    </form>
  );
}
