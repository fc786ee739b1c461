// What the printed papers share: their head, and the sums below their lines.

import type { ReactNode } from "react";
import { loadCompany } from "../../api/company-server.ts";
import { LogoImage } from "../../components/logo-image.tsx";
import { Money } from "../../components/money/money.tsx";
import { serverText } from "../../messages/server.ts";
import { SellerAddress } from "./seller.tsx";

interface Head {
  readonly title: string;
  readonly number: number;
  /** Who sells, where the company has no name. */
  readonly otherName?: string | null | undefined;
  /** Below the number. */
  readonly children?: ReactNode;
}

/** The company on the left, and what paper it is on the right. */
export async function PaperHead({ title, number, otherName, children }: Head) {
  const { t } = await serverText();
  const { name, logo } = await loadCompany();
  return (
    <header className="mb-8 flex items-start justify-between gap-6">
      <div className="font-semibold text-2xl tracking-tight">
        {logo !== null && <LogoImage etag={logo} alt="" className="mb-2 max-h-[18mm] max-w-[70mm]" />}
        <p>{name ?? otherName ?? t("app.name")}</p>
        <SellerAddress />
      </div>
      <div className="text-right">
        <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
        <p className="numbers">
          {t("print.number")} {number}
        </p>
        {children}
      </div>
    </header>
  );
}

/** No tfoot: browsers repeat that on every page. The sums stay with the last line. */
export function PaperSums({
  sums,
}: {
  readonly sums: readonly (readonly [label: string, amount: string | null | undefined])[];
}) {
  return (
    <tbody className="break-inside-avoid">
      {sums.map(([label, amount], at) => (
        <tr
          key={label}
          className={`break-before-avoid break-inside-avoid ${at === sums.length - 1 ? "border-ink border-t-2 font-semibold" : ""}`}
        >
          <th colSpan={4} className={`py-1 text-right ${at === sums.length - 1 ? "" : "font-normal"}`}>
            {label}
          </th>
          <td className="numbers py-1.5 pl-4 text-right">
            <Money amount={amount} />
          </td>
        </tr>
      ))}
    </tbody>
  );
}
