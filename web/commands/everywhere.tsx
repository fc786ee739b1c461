"use client";
import type { Route } from "next";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { type Command, useCommands } from "./registry.tsx";
import { useTheme } from "./theme.ts";

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

// Loaded when somebody begins to use the page: reading it needs neither.
const Palette = dynamic(() => import("./palette.tsx").then((file) => file.Palette), { ssr: false });
const KeyList = dynamic(() => import("./key-list.tsx").then((file) => file.KeyList), { ssr: false });

const signsOfUse = ["keydown", "pointermove", "pointerdown", "touchstart"] as const;

/** True from the first key or movement on. */
function useIsUsed(): boolean {
  const [isUsed, setUsed] = useState(false);
  useEffect(() => {
    const used = () => setUsed(true);
    for (const sign of signsOfUse) addEventListener(sign, used, { once: true, passive: true });
    return () => {
      for (const sign of signsOfUse) removeEventListener(sign, used);
    };
  }, []);
  return isUsed;
}

/** What can be done on every page, and the two places where everything that can be done is listed. */
export function CommandsEverywhere() {
  const router = useRouter();
  const { toggle } = useTheme();
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  const isUsed = useIsUsed();
  useCommands([
    {
      ...{ id: "palette", label: "command.palette", keys: "$mod+k", run: () => setOpen("palette") },
      ...{ whileTyping: true, overDialogs: true },
    },
    { id: "keys", label: "command.keys", keys: "[Shift]+?", run: () => setOpen("keys") },
    ...places.map(([id, label, keys, href]): Command => ({ id, label, keys, run: () => router.push(href) })),
    { id: "theme", label: "command.theme", keys: null, run: toggle },
  ]);
  const close = () => setOpen(null);
  if (!isUsed) return null;
  return (
    <>
      <Palette isOpen={open === "palette"} onClose={close} />
      <KeyList isOpen={open === "keys"} onClose={close} />
    </>
  );
}
