"use client";
import { useRouter } from "next/navigation";
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
