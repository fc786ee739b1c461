"use client";
import { Columns3 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Disclosure } from "../../../components/disclosure.tsx";
import { useText } from "../../../messages/provider.tsx";
import type { ListAddress } from "../filters/navigation.ts";

/** Loaded when the menu is opened: few visits change the columns. */
const ColumnsPanel = lazy(async () => ({ default: (await import("./columns-panel.tsx")).ColumnsPanel }));

/** Which columns are shown, and how high the rows are. */
export function ColumnsMenu({ address }: { readonly address: ListAddress }) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const label = (
    <>
      <Columns3 size={15} aria-hidden />
      {t("orders.columns")}
    </>
  );
  return (
    <Disclosure label={label} name={t("orders.columns")} isOpen={isOpen} onChange={setOpen}>
      <Suspense>
        <ColumnsPanel address={address} />
      </Suspense>
    </Disclosure>
  );
}
