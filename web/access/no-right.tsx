import { rights } from "northwind-api/src/rights/rights.ts";
import type { Right } from "../api/session/session.ts";
import { ButtonLink } from "../components/button.tsx";
import { StaticIcon } from "../components/static-icon.tsx";
import { serverText } from "../messages/server.ts";

/** Shown in place of a page that the user may not use: which right is missing, and which roles have it. */
export async function NoRight({ right }: { readonly right: Right }) {
  const { t, locale } = await serverText();
  const roles = new Intl.ListFormat(locale, { type: "disjunction" }).format(
    rights[right].map((role) => t(`role.${role}`)),
  );
  return (
    <div
      role="alert"
      className="flex flex-col items-center gap-3 rounded-xl border border-line bg-surface px-6 py-12 text-center"
    >
      <StaticIcon name="lock" size={28} className="text-muted" />
      <h1 className="font-semibold text-lg">{t("access.noRightTitle")}</h1>
      <p className="max-w-prose text-muted">{t("access.noRight", { right, about: t(`right.${right}`) })}</p>
      <p className="max-w-prose text-muted">{t("access.noRightAsk", { roles })}</p>
      <ButtonLink look="primary" href="/orders">
        {t("access.noRightBack")}
      </ButtonLink>
    </div>
  );
}
