"use client";
import type { Route } from "next";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { signOut } from "../../access/sign-in/sign-out.ts";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { useSession } from "../../api/session/provider.tsx";
import { mayIn } from "../../api/session/session.ts";
import { useToast } from "../../components/toast.tsx";
import { useText } from "../../messages/provider.tsx";
import { useErrorText } from "../../messages/use-error-text.ts";
import { useRefresh } from "../connection/connection.ts";
import type { ShellAction } from "../data-attributes.ts";
import type { EarlyInput } from "../early-input.ts";
import { placesFor } from "../places.ts";
import { choose, remember, toggleTheme } from "../preferences/theme.ts";
import { KeyList } from "./key-list.tsx";
import { Palette } from "./palette.tsx";
import { type Command, useCommands } from "./registry.tsx";

/** The commands of every page, and the two places that list all commands: the palette and the list of keys. */
export function GlobalCommands({ early }: { readonly early: EarlyInput }) {
  const router = useRouter();
  const path = usePathname();
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  const openPalette = () => setOpen("palette");
  const leave = useSignOut();
  const session = useSession();
  const go = (id: string, label: Command["label"], keys: string, href: Route): Command => {
    return { id, label, keys, run: () => router.push(href) };
  };
  const places = placesFor(session).map(({ id, command, keys, href }) => go(id, command, keys, href));
  const ofUser: readonly Command[] = [
    { id: "account", label: "command.account", keys: null, run: () => router.push("/account") },
    { id: "sign-out", label: "command.signOut", keys: null, run: leave },
  ];
  useShellActions(early, openPalette, leave);
  useCommands([
    {
      ...{ id: "palette", label: "command.palette", keys: "$mod+k", run: openPalette },
      ...{ whileTyping: true, overDialogs: true },
    },
    { id: "keys", label: "command.keys", keys: "[Shift]+?", run: () => setOpen("keys") },
    ...places.slice(0, 2),
    ...(mayIn(session, "write-orders") ? [go("new-order", "nav.newOrder", "n", newOrderFrom(path))] : []),
    ...places.slice(2),
    { id: "theme", label: "command.theme", keys: null, run: toggleTheme },
    ...(session.user === null ? [] : ofUser),
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

/** Signs out, or says why that did not work. */
function useSignOut(): () => void {
  const { t } = useText();
  const words = useErrorText();
  const toast = useToast();
  return () =>
    void signOut().then((error) => {
      if (error !== null) toast.error(t("access.notSignedOut", { reason: words(error) }));
    });
}

/** Runs the controls of the shell, including those used before this was loaded. */
function useShellActions(early: EarlyInput, openPalette: () => void, leave: () => void): void {
  const refresh = useRefresh();
  const actions: Readonly<Record<ShellAction, (control: HTMLElement) => unknown>> = {
    find: openPalette,
    theme: toggleTheme,
    refresh,
    "sign-out": leave,
    "stay-open": async () => {
      await remember("first-user", "later");
      refresh();
    },
    "keep-company": async () => {
      const body = { confirmed: true };
      const reply = await write({ method: "PUT", path: "/api/company", body, key: newKey() });
      if (reply.ok) refresh();
    },
    language: async (control) => {
      if (!(control instanceof HTMLSelectElement)) return;
      await choose({ locale: control.value === "es" ? "es" : "en" });
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
