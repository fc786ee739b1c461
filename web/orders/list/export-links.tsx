"use client";
import { Download } from "lucide-react";
import type { MouseEvent } from "react";
import { useText } from "../../messages/provider.tsx";

/** Exports the orders of the list, in its order, as a file: CSV in the reader's language, or a workbook. */
export function ExportLinks({ params }: { readonly params: string }) {
  const { t, locale } = useText();
  const files = [
    [`/api/orders.csv?${params}&language=${locale}`, "orders.export"],
    [`/api/orders.xlsx?${params}`, "orders.exportWorkbook"],
  ] as const;
  return (
    <div className="flex flex-wrap gap-2">
      {files.map(([path, label]) => (
        <a
          key={label}
          href={path}
          download
          onClick={(event) => void proveFirst(event)}
          className="inline-flex h-8 items-center gap-2 whitespace-nowrap rounded-md border border-line bg-surface px-3 font-medium text-sm hover:border-line-strong"
        >
          <Download size={15} aria-hidden />
          {t(label)}
        </a>
      ))}
    </div>
  );
}

const proved = "data-proved";

/** Everything at once leaves the house only after a proof; the click then goes on as it was. */
async function proveFirst(event: MouseEvent<HTMLAnchorElement>): Promise<void> {
  const link = event.currentTarget;
  if (link.hasAttribute(proved)) return link.removeAttribute(proved);
  event.preventDefault();
  const { provedForDownload } = await import("../../api/session/proof.ts");
  if (!(await provedForDownload())) return;
  link.setAttribute(proved, "");
  link.click();
}
