"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { Link } from "../components/link.tsx";
import { KeyHint } from "../shell/commands/key-hint.tsx";
import { useCommands } from "../shell/commands/registry.tsx";

/** The way to the next entry of a worklist, by click or key. */
export function NextEntry({ href, label }: { readonly href: Route; readonly label: string }) {
  const router = useRouter();
  useCommands([{ id: "next-of-worklist", label: "worklist.nextCommand", keys: "j", run: () => router.push(href) }]);
  return (
    <Link href={href} aria-keyshortcuts="j" className="flex items-center gap-2 text-accent hover:underline">
      {label}
      <KeyHint keys="j" />
    </Link>
  );
}
