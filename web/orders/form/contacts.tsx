"use client";
import { read } from "../../api/browser.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Combobox } from "../../components/form/combobox.tsx";
import { controlLook, Field } from "../../components/form/field.tsx";
import type { Choice, Search } from "../../components/form/use-choices.ts";
import { useToast } from "../../components/toast.tsx";
import { useText } from "../../messages/provider.tsx";
import type { ChoiceField } from "../fields.ts";
import { type Addressee, shipToOf } from "../names.ts";
import { type CustomerChoice, searchCustomers, searchEmployees, searchShippers } from "../searches.ts";
import { detailPath } from "./draft/draft.ts";
import { elementId } from "./field-paths.ts";
import { TextField } from "./text-field.tsx";
import type { FormParts } from "./use-order-form.ts";

interface Props {
  readonly form: FormParts;
}

/** Customer, employee and shipper. */
export function Contacts({ form }: Props) {
  const { t } = useText();
  const { draft, dispatch } = form;
  const choose = (choice: CustomerChoice | null) => {
    dispatch({ type: "chosen", field: "customer_id", choice });
    if (choice === null) return;
    dispatch({ type: "shipTo", shipTo: shipToOf(choice.customer), force: false });
    dispatch({ type: "treatment", treatment: choice.treatment });
  };
  const first = draft.details[0];
  const toDetails = () => first !== undefined && dispatch({ type: "focus", path: detailPath(first.key, "product_id") });
  return (
    <Card title={t("orderForm.contacts")}>
      <div className="grid gap-3 p-4 sm:grid-cols-2 xl:grid-cols-3">
        <ContactField form={form} field="customer_id" search={searchCustomers} onChange={choose} onEnter={toDetails} />
        <ContactField form={form} field="employee_id" search={searchEmployees} />
        <ContactField form={form} field="shipper_id" search={searchShippers} />
      </div>
    </Card>
  );
}

interface ContactProps<C extends Choice> extends Props {
  readonly field: ChoiceField;
  readonly search: Search<C>;
  readonly onChange?: (choice: C | null) => void;
  readonly onEnter?: () => void;
}

function ContactField<C extends Choice>({ form, field, search, onChange, onEnter }: ContactProps<C>) {
  const { t } = useText();
  const { draft, dispatch, lock } = form;
  const value = draft.choices[field];
  const choose = onChange ?? ((choice: C | null) => dispatch({ type: "chosen", field, choice }));
  const isLocked = (lock !== null && field !== "shipper_id") || form.needsReason(field);
  return (
    <Field
      id={elementId(field)}
      label={t(`order.${field}`)}
      issue={form.issueAt(field)}
      required={field === "customer_id"}
    >
      {(control) =>
        isLocked ? (
          <input {...control} readOnly value={value?.name ?? "–"} className={controlLook} />
        ) : (
          <Combobox
            control={control}
            value={value}
            unmatched={draft.unmatched[field]}
            onUnmatched={(text) => dispatch({ type: "unmatched", path: field, text })}
            search={search}
            onChange={choose}
            {...(onEnter === undefined ? {} : { onEnter })}
            placeholder={t("orderForm.typeName")}
            onBlur={() => dispatch({ type: "left", path: field })}
          />
        )
      }
    </Field>
  );
}

/** The shipping address: filled in from the customer, to be changed or cleared. */
export function ShipTo({ form }: Props) {
  const { t } = useText();
  const toast = useToast();
  const { draft, dispatch } = form;
  const customer = draft.choices.customer_id;
  const copy = async () => {
    if (customer === null) return;
    const reply = await read<Addressee>(`/api/customers/${customer.id}`);
    if (reply.ok) dispatch({ type: "shipTo", shipTo: shipToOf(reply.data), force: true });
    else toast.error(t("failure.unreachable"));
  };
  const actions = (
    <span className="-my-1 flex">
      <Button look="quiet" disabled={customer === null} onClick={() => void copy()}>
        {t("orderForm.copyShipTo")}
      </Button>
      <Button look="quiet" onClick={() => dispatch({ type: "clearShipTo" })}>
        {t("orderForm.clearShipTo")}
      </Button>
    </span>
  );
  return (
    <Card title={t("order.shipTo")} actions={actions}>
      <div className="grid grid-cols-2 gap-3 p-4">
        <TextField form={form} field="ship_name" className="col-span-2" />
        <TextField form={form} field="ship_address" kind="lines" className="col-span-2" />
        <TextField form={form} field="ship_zip_postal_code" />
        <TextField form={form} field="ship_city" />
        <TextField form={form} field="ship_state_province" />
        <TextField form={form} field="ship_country_region" />
      </div>
    </Card>
  );
}
