"use client";
import { ArrowRight, Trash2, X } from "lucide-react";
import type { RefObject } from "react";
import { useMay } from "../../../api/session/provider.tsx";
import { Button, ButtonLink } from "../../../components/button.tsx";
import { controlLook } from "../../../components/form/field.tsx";
import type { Choice } from "../../../components/form/use-choices.ts";
import { useText } from "../../../messages/provider.tsx";
import type { BulkAction } from "./bulk-action.ts";

interface Props {
  /** The selected orders. */
  readonly ids: readonly number[];
  readonly shippers: readonly Choice[];
  readonly shipperSelect: RefObject<HTMLSelectElement | null>;
  readonly onAct: (action: BulkAction) => void;
  readonly onClear: () => void;
}

/** The actions on the selected orders, above the list, so that nothing moves when they appear. */
export function BulkBar({ ids, shippers, shipperSelect, onAct, onClear }: Props) {
  const { t } = useText();
  const may = useMay();
  const choose = (id: string) => {
    const shipper = shippers.find((choice) => String(choice.id) === id);
    if (shipper !== undefined) onAct({ kind: "shipper", shipper });
  };
  return (
    <section
      aria-label={t("orders.bulk")}
      className="screen-only absolute inset-x-2 bottom-3 z-20 mx-auto flex w-fit flex-wrap items-center justify-center gap-2 rounded-lg border border-line bg-raised px-3 py-2 shadow-xl"
    >
      <p role="status" className="numbers whitespace-nowrap px-1 font-medium">
        {t("orders.bulk.count", { count: ids.length })}
      </p>
      {may("write-orders") && (
        <>
          <select
            ref={shipperSelect}
            aria-label={t("orders.bulk.shipper")}
            className={`${controlLook} w-40!`}
            value=""
            onChange={(event) => choose(event.target.value)}
          >
            <option value="">{t("orders.bulk.shipper")}</option>
            {shippers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <Button onClick={() => onAct({ kind: "advance" })}>
            <ArrowRight size={15} aria-hidden />
            {t("orders.bulk.advance")}
          </Button>
        </>
      )}
      {may("ship-orders") && <ButtonLink href={`/pick?orders=${ids.join()}`}>{t("nav.pick")}</ButtonLink>}
      {may("delete-orders") && (
        <Button look="danger" onClick={() => onAct({ kind: "remove" })}>
          <Trash2 size={15} aria-hidden />
          {t("orders.bulk.remove")}
        </Button>
      )}
      <Button look="quiet" aria-label={t("orders.bulk.clear")} onClick={onClear}>
        <X size={15} aria-hidden />
      </Button>
    </section>
  );
}
