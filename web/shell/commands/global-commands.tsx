"use client";
import type { Route } from "next";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { useRefresh } from "../connection/connection.ts";
import type { ShellAction } from "../data-attributes.ts";
import type { EarlyInput } from "../early-input.ts";
import { remember, toggleTheme } from "../theme.ts";
import { KeyList } from "./key-list.tsx";
import { Palette } from "./palette.tsx";
import { type Command, useCommands } from "./registry.tsx";

const places = [
  ["home", "command.home", "g h", "/"],
  ["orders", "command.orders", "g o", "/orders"],
  ["new-order", "nav.newOrder", "n", "/orders/new"],
  ["customers", "command.customers", "g c", "/customers"],
  ["products", "command.products", "g p", "/products"],
  ["employees", "command.employees", "g e", "/employees"],
  ["shippers", "command.shippers", "g s", "/shippers"],
  ["suppliers", "command.suppliers", "g u", "/suppliers"],
  ["tax-rates", "command.taxRates", "g t", "/tax_rates"],
  ["company", "command.company", "g y", "/company"],
  ["about", "command.about", "g a", "/about"],
] as const satisfies readonly (readonly [string, Command["label"], string, Route])[];

/** The commands of every page, and the two places that list all commands: the palette and the list of keys. */
export function GlobalCommands({ early }: { readonly early: EarlyInput }) {
  const router = useRouter();
  const path = usePathname();
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  const openPalette = () => setOpen("palette");
  useShellActions(early, openPalette);
  useCommands([
    {
      ...{ id: "palette", label: "command.palette", keys: "$mod+k", run: openPalette },
      ...{ whileTyping: true, overDialogs: true },
    },
    { id: "keys", label: "command.keys", keys: "[Shift]+?", run: () => setOpen("keys") },
    ...places.map(([id, label, keys, href]): Command => {
      return { id, label, keys, run: () => router.push(id === "new-order" ? newOrderFrom(path) : href) };
    }),
    { id: "theme", label: "command.theme", keys: null, run: toggleTheme },
  ]);
  const close = () => {
    early.text = "";
    setOpen(null);
  };
  return (
    <>
      <Palette isOpen={open === "palette"} typedBefore={() => early.text} onClose={close} />
      <KeyList isOpen={open === "keys"} onClose={close} />
    </>
  );
}

/** A new order: on the page of a customer, of this customer. */
function newOrderFrom(path: string): Route {
  const [, customer] = /^\/customers\/(\d+)$/.exec(path) ?? [];
  return customer === undefined ? "/orders/new" : `/orders/new?customer=${customer}`;
}

/** Runs the controls of the shell, including those used before this was loaded. */
function useShellActions(early: EarlyInput, openPalette: () => void): void {
  const refresh = useRefresh();
  const actions: Readonly<Record<ShellAction, (control: HTMLElement) => unknown>> = {
    find: openPalette,
    theme: toggleTheme,
    refresh,
    "keep-company": async () => {
      const body = { confirmed: true };
      const reply = await write({ method: "PUT", path: "/api/company", body, key: newKey() });
      if (reply.ok) refresh();
    },
    language: async (control) => {
      if (!(control instanceof HTMLSelectElement)) return;
      await remember("locale", control.value);
      refresh();
    },
  };
  useEffect(() => {
    const isAction = (name: string | undefined): name is ShellAction => name !== undefined && name in actions;
    early.use = (control) => {
      const name = control.dataset.shellAction;
      if (isAction(name)) actions[name](control);
    };
    for (const control of early.controls.splice(0)) early.use(control);
  });
}
