import { ButtonLink } from "../components/button.tsx";
import { serverText } from "../messages/server.ts";

/** Shown at an address that does not exist. */
export default async function NotFound() {
  const { t } = await serverText();
  return (
    <div className="flex flex-col items-center gap-3 py-24 text-center">
      <p className="numbers text-muted">404</p>
      <h1 className="font-semibold text-2xl tracking-tight">{t("notFound.title")}</h1>
      <p className="max-w-prose text-muted">{t("notFound.about")}</p>
      <div className="mt-2 flex gap-2">
        <ButtonLink href="/orders" look="primary">
          {t("nav.orders")}
        </ButtonLink>
        <ButtonLink href="/">{t("nav.home")}</ButtonLink>
      </div>
    </div>
  );
}
