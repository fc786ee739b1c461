"use client";
import { type SubmitEvent, useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { useSession } from "../../api/session/provider.tsx";
import { Button } from "../../components/button.tsx";
import { controlLook, Field } from "../../components/form/field.tsx";
import { useToast } from "../../components/toast.tsx";
import { useText } from "../../messages/provider.tsx";
import { useRefresh } from "../../shell/connection/connection.ts";
import { makePasskey } from "../sign-in/passkey.ts";
import { Refusal } from "../sign-in/refusal.tsx";
import { typed } from "../sign-in/sign-in.ts";
import { useSending } from "../use-sending.ts";

/** Makes a passkey on this device, under a name by which the user knows it again. */
export function NewPasskey() {
  const { t } = useText();
  const toast = useToast();
  const refresh = useRefresh();
  const { isBusy, issueAt, refusal, send } = useSending();
  const [why, setWhy] = useState<string | null>(null);
  const { passkeys: areOffered } = useSession().sign_in;
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const name = typed(form, "passkey-name").trim() || t("passkey.unnamed");
    setWhy(null);
    const made = await makePasskey();
    if (!made.ok && "key" in made) return setWhy(t(made.key, made.values));
    const { ok } = made;
    send(
      async () =>
        ok
          ? write({
              ...{ method: "POST", path: "/api/account/passkeys", key: newKey() },
              body: { name, response: made.response },
            })
          : made,
      () => {
        form.reset();
        toast.info(t("passkey.added", { name }));
        refresh();
      },
    );
  };
  if (!areOffered) return <p className="border-line border-t px-4 py-3 text-muted">{t("passkey.notOffered")}</p>;
  return (
    <form noValidate className="flex flex-col gap-3 border-line border-t p-4" onSubmit={(event) => void submit(event)}>
      <Refusal words={why ?? refusal} />
      <div className="flex flex-wrap items-start gap-2">
        <Field
          label={t("passkey.name")}
          hint={t("passkey.nameHint")}
          issue={issueAt("name")}
          className="flex-1 basis-48"
        >
          {(control) => (
            <input {...control} name="passkey-name" autoComplete="off" maxLength={100} className={controlLook} />
          )}
        </Field>
        <Button type="submit" className="mt-5" aria-disabled={isBusy}>
          {t("passkey.add")}
        </Button>
      </div>
    </form>
  );
}
