"use client";
import { useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { Button } from "../../components/button.tsx";
import { useToast } from "../../components/toast.tsx";
import { useErrorText } from "../../messages/use-error-text.ts";
import { useRefresh } from "../../shell/connection/connection.ts";

interface Props {
  readonly label: string;
  /** What it does, for those who hear only the button. */
  readonly about: string;
  readonly method: "PUT" | "DELETE";
  readonly path: string;
  readonly body?: object;
  /** Said when it is done, where the page itself does not show it. */
  readonly done?: string;
  readonly look?: "danger";
}

/** A button that writes one thing and shows the page anew. */
export function WriteButton({ label, about, method, path, body, done, look }: Props) {
  const toast = useToast();
  const refresh = useRefresh();
  const words = useErrorText();
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    if (isBusy) return;
    setBusy(true);
    const reply = await write({ method, path, key: newKey(), ...(body === undefined ? {} : { body }) });
    setBusy(false);
    if (!reply.ok) toast.error(words(reply));
    else if (done !== undefined) toast.info(done);
    refresh();
  };
  return (
    <Button
      {...(look === undefined ? {} : { look })}
      aria-disabled={isBusy}
      aria-label={about}
      onClick={() => void run()}
    >
      {label}
    </Button>
  );
}
