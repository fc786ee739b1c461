"use client";
import type { ReactNode, SubmitEvent } from "react";
import { KeyHint } from "../../shell/commands/key-hint.tsx";
import { Button } from "../button.tsx";
import { Dialog } from "../dialog.tsx";

interface Props {
  readonly title: string;
  /** Why the last attempt was refused; null if it was not. */
  readonly refusal: string | null;
  readonly isBusy?: boolean;
  /** What the button does, in words. */
  readonly action: string;
  /** The button beside it. */
  readonly other: { readonly label: string; readonly run: () => void };
  readonly submit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form in a dialog, sent by its button or by Ctrl+Enter. */
export function FormDialog({ title, refusal, isBusy = false, action, other, submit, onClose, children }: Props) {
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit();
  };
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={onSubmit}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
        }}
      >
        {refusal !== null && (
          <p role="alert" className="whitespace-pre-line rounded-md bg-bad-soft px-3 py-2 text-bad text-sm">
            {refusal}
          </p>
        )}
        {children}
        <div className="flex flex-wrap justify-end gap-2 max-sm:[&>button]:h-11 max-sm:[&>button]:flex-1">
          <Button onClick={other.run}>{other.label}</Button>
          <Button type="submit" look="primary" aria-disabled={isBusy}>
            {action}
            <span className="max-sm:hidden">
              <KeyHint keys="$mod+Enter" />
            </span>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
