import { Link } from "../components/link.tsx";
import { serverText } from "../messages/server.ts";
import { shellAction } from "./data-attributes.ts";

/** Says in one line that nobody has to sign in, until there is a user or this browser has declined. */
export async function AskFirstUser() {
  const { t } = await serverText();
  const look = "rounded text-accent underline underline-offset-2";
  return (
    <p role="note" className="screen-only mb-4 flex flex-wrap gap-x-4 gap-y-1 rounded-xl border border-line px-4 py-2">
      <span>{t("access.open")}</span>
      <Link href="/first-user" className={look}>
        {t("access.createFirst")}
      </Link>
      <button type="button" {...shellAction("stay-open")} className={`cursor-pointer ${look}`}>
        {t("access.later")}
      </button>
    </p>
  );
}
