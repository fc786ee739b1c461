"use client";
import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import { Button } from "../../components/button.tsx";
import { useToast } from "../../components/toast.tsx";
import { useText } from "../../messages/provider.tsx";
import { useErrorText } from "../../messages/use-error-text.ts";
import { flush } from "../../undo/hold-writes.ts";
import { orderPath } from "../order-path.ts";

interface Props {
  readonly id: number;
  readonly etag: string | null;
  /** The number of the change in the history of the order. */
  readonly sequence: number;
}

/** Puts one change of the order back. */
export function PutBack({ id, etag, sequence }: Props) {
  const { t } = useText();
  const toast = useToast();
  const router = useRouter();
  const errorText = useErrorText();
  const key = useRef(newKey());
  const [isRunning, setRunning] = useState(false);
  const putBack = async () => {
    if (isRunning) return;
    setRunning(true);
    // A step that still waits for Undo is one's own change, not somebody else's: what it makes is what is put back.
    const own = (await flush(orderPath(id))).findLast(({ ok }) => ok);
    const path = `${orderPath(id)}/put-back`;
    const version = own?.etag ?? etag;
    const reply = await write({ method: "POST", path, body: { sequence }, etag: version, key: key.current });
    setRunning(false);
    if (reply.ok) toast.info(t("history.isPutBack"));
    else {
      const reason = reply.status === 412 ? t("undo.changedMeanwhile") : errorText(reply);
      toast.error(t("history.notPutBack", { reason }));
      // Without an answer it may have been carried out: only the same key makes that one write.
      if (reply.status >= 400 && reply.status < 500) key.current = newKey();
    }
    router.refresh();
  };
  return (
    <Button look="quiet" className="-my-1.5" aria-disabled={isRunning} onClick={() => void putBack()}>
      <Undo2 size={14} aria-hidden />
      {t("history.putBack")}
    </Button>
  );
}
