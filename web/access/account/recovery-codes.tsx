"use client";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { useText } from "../../messages/provider.tsx";

interface Props {
  readonly codes: readonly string[];
  /** Whose they are: for whoever finds the file or the paper later. */
  readonly account: string;
  readonly onDone: () => void;
}

/** Recovery codes, which are shown this one time: to be copied, saved as a file or printed. */
export function RecoveryCodes({ codes, account, onDone }: Props) {
  const { t } = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => heading.current?.focus(), []);
  const text = [t("recovery.fileTitle", { account }), "", ...codes, ""].join("\n");
  const copy = async () => {
    // Browsers have no clipboard over http from another machine: there is the file.
    if (!("clipboard" in navigator)) return;
    await navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <section className="flex flex-col gap-3 rounded-xl border border-warn bg-warn-soft p-4">
      <h3 ref={heading} tabIndex={-1} className="font-semibold outline-none">
        {t("recovery.title")}
      </h3>
      <p className="text-warn">{t("recovery.warning")}</p>
      <ol className="grid w-fit grid-cols-2 gap-x-8 gap-y-1 font-mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void copy()}>{t(isCopied ? "access.copied" : "access.copy")}</Button>
        <Button onClick={() => download(text)}>{t("recovery.download")}</Button>
        <Button onClick={() => print(text)}>{t("recovery.print")}</Button>
        <Button look="primary" onClick={onDone}>
          {t("recovery.done")}
        </Button>
      </div>
    </section>
  );
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: "northwind-recovery-codes.txt" });
  link.click();
  URL.revokeObjectURL(url);
}

/** Prints the codes alone: the page around them says too much to lie in a printer. */
function print(text: string): void {
  const frame = document.createElement("iframe");
  // One that is not displayed is not printed by every browser.
  Object.assign(frame.style, { position: "fixed", width: "0", height: "0", border: "0" });
  frame.ariaHidden = "true";
  document.body.append(frame);
  const { contentDocument, contentWindow } = frame;
  if (contentDocument === null || contentWindow === null) {
    frame.remove();
    return;
  }
  const lines = contentDocument.createElement("pre");
  lines.textContent = text;
  contentDocument.body.append(lines);
  contentWindow.addEventListener("afterprint", () => frame.remove());
  contentWindow.print();
}
