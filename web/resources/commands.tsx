"use client";
import { useRouter } from "next/navigation";
import { useCommands } from "../shell/commands/registry.tsx";
import type { ResourceName } from "./resource.ts";

interface Props {
  readonly resource: ResourceName;
  /** The one that is shown; none on the list. */
  readonly id?: number;
}

/** The commands on the pages of a resource. */
export function ResourceCommands({ resource, id }: Props) {
  const router = useRouter();
  const onList = {
    ...({ id: "resource-search", label: "resource.search", keys: "/" } as const),
    run: () => document.getElementById("search")?.focus(),
  };
  const onOne = {
    ...({ id: "resource-edit", label: "resource.edit", keys: "e" } as const),
    run: () => router.push(`/${resource}/${id}/edit`),
  };
  useCommands([
    id === undefined ? onList : onOne,
    { id: "resource-add", label: "resource.add", keys: "Shift+N", run: () => router.push(`/${resource}/new`) },
  ]);
  return null;
}
