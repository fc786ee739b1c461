"use client";
import { useCommands } from "../shell/commands/registry.tsx";

/** The commands on the list of returns. */
export function ReturnListCommands() {
  useCommands([
    {
      ...({ id: "returns-filter", label: "shipments.filter", keys: "/" } as const),
      run: () => document.getElementById("returned_from")?.focus(),
    },
  ]);
  return null;
}
