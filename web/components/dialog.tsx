"use client";
import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useText } from "../messages/provider.tsx";

interface Props {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** A modal dialog of the browser: it holds the focus, closes by Escape, and gives the focus back. */
export function Dialog({ title, isOpen, onClose, children, wide = false }: Props) {
  const { t } = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (isOpen && element?.open === false) {
      element.showModal();
      // Otherwise the browser would focus the first button, which closes the dialog.
      const first = element.querySelector<HTMLElement>("[data-focus-first]");
      first?.focus();
      // With the cursor after what is there already.
      if (first instanceof HTMLInputElement && first.type === "text")
        first.setSelectionRange(first.value.length, first.value.length);
    }
    if (!isOpen && element?.open === true) element.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className={`m-auto max-h-[90dvh] w-[calc(100vw-2rem)] rounded-xl border border-line bg-raised p-0 text-ink shadow-2xl backdrop:bg-black/40 ${wide ? "max-w-4xl" : "max-w-lg"}`}
    >
      {isOpen && (
        <div className="flex flex-col gap-4 p-5">
          <div className="flex items-center justify-between gap-4">
            <h2 id={titleId} className="font-semibold text-lg tracking-tight">
              {title}
            </h2>
            <button
              type="button"
              onClick={onClose}
              aria-label={t("dialog.close")}
              className="grid size-8 place-items-center rounded-md text-muted hover:bg-accent-soft hover:text-ink"
            >
              <X size={17} aria-hidden />
            </button>
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}
