import { cache } from "react";
import { get } from "../../api/server.ts";
import { serverText } from "../../messages/server.ts";

/** What paper says of the company that sells. */
interface Seller {
  readonly address: string | null;
  readonly zip_postal_code: string | null;
  readonly city: string | null;
  readonly state_province: string | null;
  readonly country_region: string | null;
  readonly vat_id: string | null;
  readonly iban: string | null;
  readonly bic: string | null;
  readonly payment_days: number;
  readonly terms: string | null;
}

/** Read once for a page; null where the API does not answer, which the page reports. */
const loadSeller = cache(async (): Promise<Seller | null> => {
  const reply = await get<Seller>("/api/company");
  return reply.ok ? reply.data : null;
});

/** The address and the VAT number of the company, below its name. */
export async function SellerAddress() {
  const seller = await loadSeller();
  if (seller === null) return null;
  const { t } = await serverText();
  const { address, zip_postal_code, city, state_province, country_region, vat_id } = seller;
  const town = [zip_postal_code, city].filter((part) => part).join(" ");
  const vat = vat_id === null ? "" : `${t("company.vatId")} ${vat_id}`;
  const lines = [address, town, state_province, country_region, vat].filter((line) => line);
  return <p className="mt-1 whitespace-pre-line font-normal text-[8pt] tracking-normal">{lines.join("\n")}</p>;
}

/** How and when to pay: bank, days and terms. */
export async function SellerTerms() {
  const seller = await loadSeller();
  if (seller === null) return null;
  const { t } = await serverText();
  const { iban, bic, payment_days, terms } = seller;
  const bank = [iban === null ? "" : `IBAN ${iban}`, bic === null ? "" : `BIC ${bic}`].filter((part) => part !== "");
  return (
    <div className="mt-6 break-inside-avoid text-[8pt]">
      {bank.length > 0 && (
        <p>
          {t("print.payWithin", { days: payment_days })} {bank.join(", ")}
        </p>
      )}
      {terms !== null && <p className="whitespace-pre-line">{terms}</p>}
    </div>
  );
}
