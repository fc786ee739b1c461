// Signing in and out, the pages that need no user, and those about users, tokens and the audit log. The API decides
// who may do what; these pages show it.
import type { ReactNode } from "react";
import { serverText } from "../messages/server.ts";

/** A page for users who are not signed in: nothing around one form. */
export async function AccessFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { t } = await serverText();
  return (
    <div className="mx-auto flex min-h-[80dvh] w-full max-w-sm flex-col justify-center gap-5 py-8">
      <p className="flex items-center gap-2 font-semibold tracking-tight">
        <span
          aria-hidden
          className="grid size-6 shrink-0 place-items-center rounded-md bg-accent text-on-accent text-xs"
        >
          N
        </span>
        {t("app.name")}
      </p>
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      {children}
    </div>
  );
}
