"use client";
import { useRouter } from "next/navigation";
import { useMay } from "../api/session/provider.tsx";
import { useCommands } from "../shell/commands/registry.tsx";
import { type ResourceName, rightToWrite } from "./resource.ts";

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
  const onAny = {
    ...({ id: "resource-add", label: "resource.add", keys: "Shift+N" } as const),
    run: () => router.push(`/${resource}/new`),
  };
  const onProduct = {
    ...({ id: "terms-edit", label: "terms.edit", keys: "t" } as const),
    run: () => router.push(`/products/${id}/suppliers`),
  };
  const writing = [
    ...(id === undefined ? [] : [onOne]),
    onAny,
    ...(id === undefined || resource !== "products" ? [] : [onProduct]),
  ];
  const mayWrite = useMay()(rightToWrite(resource));
  useCommands([...(id === undefined ? [onList] : []), ...(mayWrite ? writing : [])]);
  return null;
}
