"use client";
import { Printer } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "../components/button.tsx";
import { useText } from "../messages/provider.tsx";
import { useCommands } from "../shell/commands/registry.tsx";

/** The commands on the list of purchase orders. */
export function PurchaseListCommands({ mayWrite }: { readonly mayWrite: boolean }) {
  const router = useRouter();
  useCommands(
    mayWrite
      ? [
          {
            ...({ id: "new-purchase", label: "purchase.new", keys: "Shift+N" } as const),
            run: () => router.push("/purchase_orders/new"),
          },
        ]
      : [],
  );
  return null;
}

/** Prints the purchase order. */
export function PrintPurchase() {
  const { t } = useText();
  const print = () => window.print();
  useCommands([{ id: "print-purchase", label: "purchase.print", keys: "p", run: print }]);
  return (
    <Button onClick={print} aria-keyshortcuts="p">
      <Printer size={15} aria-hidden />
      {t("purchase.print")}
    </Button>
  );
}
