"use client";
import { useRouter } from "next/navigation";
import { useCommands } from "../shell/commands/registry.tsx";
import type { NounName } from "./resource.ts";

interface Props {
  readonly noun: NounName;
  /** The one that is shown; none on the list. */
  readonly id?: number;
}

/** What the keyboard can do on the pages of a noun. */
export function NounCommands({ noun, id }: Props) {
  const router = useRouter();
  const onList = {
    ...({ id: "noun-search", label: "noun.search", keys: "/" } as const),
    run: () => document.getElementById("search")?.focus(),
  };
  const onOne = {
    ...({ id: "noun-edit", label: "noun.edit", keys: "e" } as const),
    run: () => router.push(`/${noun}/${id}/edit`),
  };
  useCommands([
    id === undefined ? onList : onOne,
    { id: "noun-add", label: "noun.add", keys: "Shift+N", run: () => router.push(`/${noun}/new`) },
  ]);
  return null;
}
