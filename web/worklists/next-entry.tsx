"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { Link } from "../components/link.tsx";
import { useText } from "../messages/provider.tsx";
import { KeyHint } from "../shell/commands/key-hint.tsx";
import { useCommands } from "../shell/commands/registry.tsx";

/** The way to the next order of a worklist, by click or key. */
export function NextEntry({ href, number }: { readonly href: Route; readonly number: string }) {
  const { t } = useText();
  const router = useRouter();
  useCommands([{ id: "next-of-worklist", label: "worklist.nextCommand", keys: "j", run: () => router.push(href) }]);
  return (
    <Link href={href} aria-keyshortcuts="j" className="flex items-center gap-2 text-accent hover:underline">
      {t("worklist.next", { number })}
      <KeyHint keys="j" />
    </Link>
  );
}
