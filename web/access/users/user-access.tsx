import type { Route } from "next";
import { get } from "../../api/server.ts";
import { Card } from "../../components/card.tsx";
import { DateText } from "../../components/date-text.tsx";
import { Link } from "../../components/link.tsx";
import { serverText } from "../../messages/server.ts";
import { WriteButton } from "../account/write-button.tsx";
import type { Entry } from "../audit/entry.ts";
import { localTime } from "../local-time.ts";
import type { User } from "./user.ts";

const searched = 50;

/** With what a user signs in, when that was last, and what an admin can do when a phone or a laptop is lost. */
export async function UserAccess({ user: { id, name, has_second_factor } }: { readonly user: User }) {
  const { t } = await serverText();
  const query = new URLSearchParams({ resource: "access", resource_id: String(id) });
  const last = await lastSignIn(query);
  const log: Route = `/audit?${query}`;
  return (
    <Card title={t("access.signingIn")}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 px-4 pt-3">
        <dt className="text-muted">{t("access.lastSignIn")}</dt>
        <dd className="text-right">
          {last === null ? t("access.never") : <DateText value={localTime(last)} detail="minute" />}
        </dd>
        <dt className="text-muted">{t("access.secondFactor")}</dt>
        <dd className="text-right">{t(has_second_factor ? "value.yes" : "value.no")}</dd>
      </dl>
      <p className="px-4 pt-2">
        <Link href={log} className="text-accent hover:underline">
          {t("access.signInLog")}
        </Link>
      </p>
      <div className="flex flex-col items-start gap-3 p-4">
        <WriteButton
          {...{ method: "DELETE", path: `/api/users/${id}/sessions`, label: t("access.signOutEverywhere") }}
          about={t("access.signOutEverywhereOf", { name })}
          done={t("access.signedOutEverywhere", { name })}
        />
        {has_second_factor && (
          <>
            <p className="text-muted">{t("access.removeFactorAbout")}</p>
            <WriteButton
              {...{ method: "DELETE", path: `/api/users/${id}/second-factor`, label: t("access.removeFactor") }}
              about={t("access.removeFactorOf", { name })}
              done={t("access.removedFactor", { name })}
              look="danger"
            />
          </>
        )}
      </div>
    </Card>
  );
}

/** As the audit log tells it; null if it is not among the newest entries about this user. */
async function lastSignIn(query: URLSearchParams): Promise<string | null> {
  const reply = await get<readonly Entry[]>(`/api/audit?${query}&limit=${searched}`);
  return reply.ok ? (reply.data.find(({ action }) => action === "sign-in")?.happened_at ?? null) : null;
}
