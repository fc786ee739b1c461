import { Link } from "../components/link.tsx";
import { serverText } from "../messages/server.ts";
import { shellAction } from "./data-attributes.ts";

interface Props {
  readonly currency: string;
  readonly timeZone: string;
}

/** Asks in one line whether the currency and the time zone are right, until the company is set up or confirmed. */
export async function AskCompany({ currency, timeZone }: Props) {
  const { t } = await serverText();
  const look = "rounded text-accent underline underline-offset-2";
  return (
    <p role="note" className="screen-only mb-4 flex flex-wrap gap-x-4 gap-y-1 rounded-xl border border-line px-4 py-2">
      <span>{t("company.ask", { currency, zone: timeZone })}</span>
      <Link href="/company" className={look}>
        {t("company.setUp")}
      </Link>
      <button type="button" {...shellAction("keep-company")} className={`cursor-pointer ${look}`}>
        {t("company.decline")}
      </button>
    </p>
  );
}
