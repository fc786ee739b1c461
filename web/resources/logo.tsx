"use client";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { write } from "../api/browser.ts";
import { newKey } from "../api/key.ts";
import type { Reply } from "../api/reply.ts";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { LogoImage } from "../components/logo-image.tsx";
import { useToast } from "../components/toast.tsx";
import { useText } from "../messages/provider.tsx";
import type { MessageKey } from "../messages/text.ts";
import { useErrorText } from "../messages/use-error-text.ts";

interface Props {
  /** The entity tag of the logo; null if there is none. */
  readonly etag: string | null;
}

const path = "/api/company/logo";
const types = "image/png,image/jpeg";
const maxBytes = 200 * 1024;

/** Refusals that say of a file that it is none that the API takes. */
const unusable: ReadonlySet<string> = new Set(["too-large", "unsupported-media-type"]);

/** The logo of the company: uploaded, shown and removed. */
export function LogoCard({ etag }: Props) {
  const { t } = useText();
  const toast = useToast();
  const router = useRouter();
  const words = useErrorText();
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setIsBusy] = useState(false);
  const finish = (reply: Reply<unknown>, done: MessageKey) => {
    setIsBusy(false);
    if (reply.ok) toast.info(t(done));
    else toast.error(unusable.has(reply.code) ? t("problem.image") : words(reply));
    if (reply.ok || reply.status === 412) router.refresh();
  };
  const upload = async (file: File) => {
    if (file.size > maxBytes) return toast.error(t("problem.image"));
    setIsBusy(true);
    finish(await write({ method: "PUT", path, body: file, etag, key: newKey() }), "company.logoUploaded");
  };
  const remove = async () => {
    setIsBusy(true);
    finish(await write({ method: "DELETE", path, etag, key: newKey() }), "company.logoRemoved");
  };
  return (
    <Card title={t("company.logo")} className="mb-4">
      <div className="flex flex-wrap items-center gap-4 p-4">
        {etag !== null && <LogoImage etag={etag} alt={t("company.logo")} className="max-h-16 max-w-60 bg-white" />}
        <p className="text-muted">{t("company.logoAbout")}</p>
        <input
          ref={input}
          type="file"
          accept={types}
          hidden
          onChange={({ target }) => {
            const file = target.files?.[0];
            // The same file may be chosen again after it was changed.
            target.value = "";
            if (file !== undefined) void upload(file);
          }}
        />
        <Button disabled={isBusy} onClick={() => input.current?.click()}>
          {t(etag === null ? "company.logoUpload" : "company.logoReplace")}
        </Button>
        {etag !== null && (
          <Button look="danger" disabled={isBusy} onClick={() => void remove()}>
            {t("company.logoRemove")}
          </Button>
        )}
      </div>
    </Card>
  );
}
