"use client";
import type { ReactNode } from "react";
import { Button } from "../components/button.tsx";
import { useText } from "../messages/provider.tsx";
import { KeyHint } from "../shell/commands/key-hint.tsx";

interface Props {
  readonly save: { readonly label: string; readonly id?: string };
  readonly isSaving: boolean;
  readonly onLeave: () => void;
  /** The total. */
  readonly children?: ReactNode;
}

/** Always visible below a form: save or leave. */
export function SaveBar({ save, isSaving, onLeave, children }: Props) {
  const { t } = useText();
  return (
    <div className="sticky bottom-0 z-20 -mx-4 mt-auto -mb-5 flex items-center justify-end gap-3 border-line border-t bg-surface px-4 py-2.5 md:-mx-8 md:-mb-7 md:px-8">
      <p className="mr-auto text-muted">{children}</p>
      <Button onClick={onLeave}>
        {t("orderForm.cancel")}
        <span className="max-sm:hidden">
          <KeyHint keys="Escape" />
        </span>
      </Button>
      <Button id={save.id} look="primary" type="submit" aria-disabled={isSaving}>
        {save.label}
        <span className="max-sm:hidden">
          <KeyHint keys="$mod+Enter" />
        </span>
      </Button>
    </div>
  );
}
