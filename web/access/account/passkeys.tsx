import { get } from "../../api/server.ts";
import { Card } from "../../components/card.tsx";
import { DateText } from "../../components/date-text.tsx";
import { Failure } from "../../components/failure.tsx";
import { serverText } from "../../messages/server.ts";
import { localTime } from "../local-time.ts";
import { NewPasskey } from "./new-passkey.tsx";
import { PasskeyName } from "./passkey-name.tsx";
import { WriteButton } from "./write-button.tsx";

interface Passkey {
  readonly id: number;
  readonly name: string;
  readonly created_at: string;
  readonly used_at: string | null;
  readonly backed_up: boolean;
}

/** The user's passkeys: each signs in without a password and without a code. */
export async function Passkeys() {
  const { t } = await serverText();
  const reply = await get<readonly Passkey[]>("/api/account/passkeys");
  if (!reply.ok) return <Failure error={reply} />;
  return (
    <Card title={t("passkey.title")}>
      <p className="px-4 py-3 text-muted">{t("passkey.about")}</p>
      <ul className="divide-y divide-line border-line border-t empty:hidden">
        {reply.data.map((passkey) => (
          <PasskeyLine key={passkey.id} passkey={passkey} />
        ))}
      </ul>
      <NewPasskey />
    </Card>
  );
}

async function PasskeyLine({ passkey }: { readonly passkey: Passkey }) {
  const { t } = await serverText();
  const { id, name, created_at, used_at, backed_up } = passkey;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5">
      <span className="min-w-0 flex-1 basis-48">
        {/* Another name is another form. */}
        <PasskeyName key={name} id={id} name={name} />
        <span className="block text-muted text-xs">
          {t("passkey.created")} <DateText value={localTime(created_at)} />
          {" · "}
          {t("access.lastUsed")}{" "}
          {used_at === null ? t("access.never") : <DateText value={localTime(used_at)} detail="minute" />}
          {" · "}
          {t(backed_up ? "passkey.synced" : "passkey.deviceBound")}
        </span>
      </span>
      <WriteButton
        {...{ method: "DELETE", path: `/api/account/passkeys/${id}`, label: t("passkey.remove") }}
        about={t("passkey.removeOf", { name })}
      />
    </li>
  );
}
