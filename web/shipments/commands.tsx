"use client";
import { Printer } from "lucide-react";
import { Button } from "../components/button.tsx";
import { useText } from "../messages/provider.tsx";
import { useCommands } from "../shell/commands/registry.tsx";

/** The commands on the list of shipments. */
export function ShipmentListCommands() {
  useCommands([
    {
      ...({ id: "shipments-filter", label: "shipments.filter", keys: "/" } as const),
      run: () => document.getElementById("shipped_from")?.focus(),
    },
  ]);
  return null;
}

/** Prints the packing slip. */
export function PrintSlip() {
  const { t } = useText();
  const print = () => window.print();
  useCommands([{ id: "print-slip", label: "shipment.print", keys: "p", run: print }]);
  return (
    <Button onClick={print} aria-keyshortcuts="p">
      <Printer size={15} aria-hidden />
      {t("shipment.print")}
    </Button>
  );
}
