import { get } from "../../api/server.ts";
import { Card } from "../../components/card.tsx";
import { DateText } from "../../components/date-text.tsx";
import { Failure } from "../../components/failure.tsx";
import { serverText } from "../../messages/server.ts";
import { browserName } from "../browser-name.ts";
import { localTime } from "../local-time.ts";
import { WriteButton } from "./write-button.tsx";

interface OwnSession {
  readonly id: number;
  readonly began_at: string;
  readonly used_at: string;
  readonly address: string | null;
  readonly browser: string | null;
  readonly current: boolean;
}

/** Where the user is signed in. */
export async function Sessions() {
  const { t } = await serverText();
  const reply = await get<readonly OwnSession[]>("/api/account/sessions");
  if (!reply.ok) return <Failure error={reply} />;
  return (
    <Card
      title={t("access.sessions")}
      actions={
        reply.data.length > 1 && (
          <WriteButton
            {...{ method: "DELETE", path: "/api/account/sessions", label: t("access.endOthers") }}
            about={t("access.endOthers")}
          />
        )
      }
    >
      <ul className="divide-y divide-line">
        {reply.data.map(({ id, used_at, address, browser, current }) => (
          <li key={id} className="flex items-center justify-between gap-4 px-4 py-2.5">
            <span className="min-w-0">
              <span className="block truncate">
                {browserName(browser)} {address !== null && <span className="text-muted">{address}</span>}
              </span>
              <span className="block text-muted text-xs">
                {t("access.lastUsed")} <DateText value={localTime(used_at)} detail="minute" />
              </span>
            </span>
            {current ? (
              <span className="whitespace-nowrap text-good">{t("access.thisSession")}</span>
            ) : (
              <WriteButton
                {...{ method: "DELETE", path: `/api/account/sessions/${id}`, label: t("access.endSession") }}
                about={t("access.endSessionOf", { browser: browserName(browser) })}
              />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
