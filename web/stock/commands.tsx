"use client";
import { useCommands } from "../shell/commands/registry.tsx";

/** The commands on the list of the stock. */
export function StockListCommands() {
  useCommands([
    {
      ...({ id: "stock-search", label: "resource.search", keys: "/" } as const),
      run: () => document.getElementById("search")?.focus(),
    },
  ]);
  return null;
}
