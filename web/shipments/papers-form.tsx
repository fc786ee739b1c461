"use client";
import type { Shipment } from "northwind-api/src/orders/shipments/fields.ts";
import { type SubmitEvent, useRef, useState } from "react";
import { useSending } from "../access/use-sending.ts";
import { write } from "../api/browser.ts";
import { newKey } from "../api/key.ts";
import { Button } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { controlLook, Field } from "../components/form/field.tsx";
import { useToast } from "../components/toast.tsx";
import { useText } from "../messages/provider.tsx";
import { useCommands } from "../shell/commands/registry.tsx";
import { useRefresh } from "../shell/connection/connection.ts";

interface Props {
  readonly shipment: Shipment;
  readonly etag: string | null;
}

interface Papers {
  readonly tracking: string;
  readonly notes: string;
}

/**
 * What is typed, and the version that it changes. A page that reads itself again brings a newer version: it is taken
 * over while nothing is typed; otherwise it would be overwritten unseen. Once that was refused, it has been seen.
 */
function usePapers({ shipment: { tracking_number, notes }, etag }: Props, isRefused: boolean) {
  const stored = { tracking: tracking_number ?? "", notes: notes ?? "" };
  const [base, setBase] = useState({ ...stored, etag });
  const [draft, setDraft] = useState<Papers>(stored);
  const isTyped = draft.tracking !== base.tracking || draft.notes !== base.notes;
  if (base.etag !== etag && (!isTyped || isRefused)) {
    setBase({ ...stored, etag });
    if (!isTyped) setDraft(stored);
  }
  return { draft, setDraft, version: base.etag, saved: (papers: Papers) => setBase({ ...base, ...papers }) };
}

/** Changes what is written on a shipment; its goods have left. */
export function PapersForm(props: Props) {
  const { t } = useText();
  const toast = useToast();
  const refresh = useRefresh();
  const { isBusy, issueAt, refusal, code, send } = useSending();
  const first = useRef<HTMLInputElement>(null);
  const { id } = props.shipment;
  const { draft, setDraft, version, saved } = usePapers(props, code === "precondition");
  useCommands([{ id: "shipment-papers", label: "shipment.papers", keys: "e", run: () => first.current?.focus() }]);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = { tracking_number: draft.tracking.trim() || null, notes: draft.notes.trim() || null };
    send(
      () => write<Shipment>({ method: "PUT", path: `/api/shipments/${id}`, body, etag: version, key: newKey() }),
      (after) => {
        const papers = { tracking: after.tracking_number ?? "", notes: after.notes ?? "" };
        saved(papers);
        setDraft(papers);
        toast.info(t("shipment.papersSaved"));
        refresh();
      },
    );
  };
  return (
    <Card title={t("shipment.papers")}>
      <form noValidate className="flex flex-col gap-3 p-4" onSubmit={submit}>
        {refusal !== null && (
          <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad text-sm">
            {refusal}
          </p>
        )}
        <Field label={t("shipment.tracking_number")} issue={issueAt("tracking_number")}>
          {(control) => (
            <input
              {...control}
              ref={first}
              autoComplete="off"
              maxLength={100}
              className={`${controlLook} max-sm:h-11`}
              value={draft.tracking}
              onChange={(event) => setDraft({ ...draft, tracking: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("shipment.notes")} issue={issueAt("notes")}>
          {(control) => (
            <textarea
              {...control}
              rows={2}
              maxLength={2000}
              className={`${controlLook} h-auto! py-1.5`}
              value={draft.notes}
              onChange={(event) => setDraft({ ...draft, notes: event.target.value })}
            />
          )}
        </Field>
        <Button type="submit" className="max-sm:h-11" aria-disabled={isBusy}>
          {t("shipment.savePapers")}
        </Button>
      </form>
    </Card>
  );
}
