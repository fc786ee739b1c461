"use client";
import { useState } from "react";
import { write } from "../api/browser.ts";
import { useCompany } from "../api/company-provider.tsx";
import { newKey } from "../api/key.ts";
import { Link } from "../components/link.tsx";
import { useText } from "../messages/provider.tsx";

/** Asks in one line whether the currency and the time zone are right, until the company is set up or confirmed. */
export function AskCompany() {
  const { t } = useText();
  const { currency, timeZone } = useCompany();
  const [isAnswered, setAnswered] = useState(false);
  const [key] = useState(newKey);
  if (isAnswered) return null;
  const decline = async () => {
    const reply = await write({ method: "PUT", path: "/api/company", body: { confirmed: true }, key });
    setAnswered(reply.ok);
  };
  const look = "rounded text-accent underline underline-offset-2";
  return (
    <p role="note" className="screen-only mb-4 flex flex-wrap gap-x-4 gap-y-1 rounded-xl border border-line px-4 py-2">
      <span>{t("company.ask", { currency: currency.code, zone: timeZone })}</span>
      <Link href="/company" className={look}>
        {t("company.setUp")}
      </Link>
      <button type="button" className={`cursor-pointer ${look}`} onClick={() => void decline()}>
        {t("company.decline")}
      </button>
    </p>
  );
}
