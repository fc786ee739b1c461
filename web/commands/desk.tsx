"use client";
import { DelayedWrites } from "../delayed/use-delayed.tsx";
import { OfflinePageKept } from "../offline/keep.tsx";
import { CommandsEverywhere } from "./everywhere.tsx";
import type { Missed } from "./in-use.tsx";
import { KeyBindings } from "./key-bindings.tsx";

/** What works on every page once it is used. */
export function Desk({ missed }: { readonly missed: Missed }) {
  return (
    <>
      <CommandsEverywhere missed={missed} />
      <DelayedWrites />
      <KeyBindings missed={missed} />
      <OfflinePageKept />
    </>
  );
}
