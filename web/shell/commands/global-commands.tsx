"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useRefresh } from "../connection/connection.ts";
import type { FrameAct } from "../frame.ts";
import type { Missed } from "../load-on-interaction.tsx";
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
  ["about", "command.about", "g a", "/about"],
] as const satisfies readonly (readonly [string, Command["label"], string, Route])[];

/** What can be done on every page, and the two places where everything that can be done is listed. */
export function CommandsEverywhere({ missed }: { readonly missed: Missed }) {
  const router = useRouter();
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  const openPalette = () => setOpen("palette");
  useFrame(missed, openPalette);
  useCommands([
    {
      ...{ id: "palette", label: "command.palette", keys: "$mod+k", run: openPalette },
      ...{ whileTyping: true, overDialogs: true },
    },
    { id: "keys", label: "command.keys", keys: "[Shift]+?", run: () => setOpen("keys") },
    ...places.map(([id, label, keys, href]): Command => ({ id, label, keys, run: () => router.push(href) })),
    { id: "theme", label: "command.theme", keys: null, run: toggleTheme },
  ]);
  const close = () => {
    missed.text = "";
    setOpen(null);
  };
  return (
    <>
      <Palette isOpen={open === "palette"} typedBefore={() => missed.text} onClose={close} />
      <KeyList isOpen={open === "keys"} onClose={close} />
    </>
  );
}

/** Makes the controls of the frame do what they say, those that were used before this was here as well. */
function useFrame(missed: Missed, openPalette: () => void): void {
  const refresh = useRefresh();
  const acts: Readonly<Record<FrameAct, (control: HTMLElement) => unknown>> = {
    find: openPalette,
    theme: toggleTheme,
    refresh,
    language: async (control) => {
      if (!(control instanceof HTMLSelectElement)) return;
      await remember("locale", control.value);
      refresh();
    },
  };
  useEffect(() => {
    const isAct = (name: string | undefined): name is FrameAct => name !== undefined && name in acts;
    missed.use = (control) => {
      const name = control.dataset.frame;
      if (isAct(name)) acts[name](control);
    };
    for (const control of missed.controls.splice(0)) missed.use(control);
  });
}
