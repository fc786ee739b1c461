import { get } from "../../api/server.ts";
import { currentSession } from "../../api/session/current.ts";
import { Card } from "../../components/card.tsx";
import { DateText } from "../../components/date-text.tsx";
import { Failure } from "../../components/failure.tsx";
import { serverText } from "../../messages/server.ts";
import { localTime } from "../local-time.ts";
import { TokenForm } from "./token-form.tsx";
import { WriteButton } from "./write-button.tsx";

interface Token {
  readonly id: number;
  readonly user_id: number;
  readonly name: string;
  readonly rights: readonly string[] | null;
  readonly networks: readonly string[] | null;
  readonly expires_at: string | null;
  readonly used_at: string | null;
  readonly disabled: boolean;
}

/** The user's tokens, with which programs use the API. */
export async function Tokens() {
  const { t } = await serverText();
  const { user } = await currentSession();
  const reply = await get<readonly Token[]>("/api/tokens");
  if (!reply.ok) return <Failure error={reply} />;
  const own = reply.data.filter(({ user_id }) => user_id === user?.id);
  return (
    <Card title={t("access.tokens")} className="mt-4">
      <p className="px-4 py-3 text-muted">{t("access.tokensAbout")}</p>
      <ul className="divide-y divide-line border-line border-t empty:hidden">
        {own.map((token) => (
          <TokenLine key={token.id} token={token} />
        ))}
      </ul>
      <TokenForm />
    </Card>
  );
}

async function TokenLine({ token }: { readonly token: Token }) {
  const { t } = await serverText();
  const { id, name, rights, networks, expires_at, used_at, disabled } = token;
  return (
    <li className="flex items-center justify-between gap-4 px-4 py-2.5">
      <span className="min-w-0">
        <span className="block font-medium">
          {name} {disabled && <span className="font-normal text-warn">{t("access.isOff")}</span>}
        </span>
        <span className="block text-muted text-xs">
          {rights?.join(", ") ?? t("access.allRights")}
          {networks !== null && ` · ${networks.join(", ")}`}
        </span>
        <span className="block text-muted text-xs">
          {t("access.expires")} {expires_at === null ? t("access.never") : <DateText value={localTime(expires_at)} />}
          {" · "}
          {t("access.lastUsed")}{" "}
          {used_at === null ? t("access.never") : <DateText value={localTime(used_at)} detail="minute" />}
        </span>
      </span>
      <WriteButton
        {...{ method: "PUT", path: `/api/tokens/${id}`, body: { disabled: !disabled } }}
        label={t(disabled ? "access.switchOn" : "access.switchOff")}
        about={t(disabled ? "access.switchOnOf" : "access.switchOffOf", { name })}
      />
    </li>
  );
}
