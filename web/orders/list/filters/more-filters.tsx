"use client";
import { useId, useState } from "react";
import { controlLook, Field } from "../../../components/form/field.tsx";
import { useText } from "../../../messages/provider.tsx";
import { spelled, useCountries } from "./countries.ts";
import type { ListAddress } from "./navigation.ts";
import { chosenStatuses, withFilters, withStatus } from "./query.ts";
import { statusLabels } from "./status-tabs.tsx";

interface Props {
  readonly address: ListAddress;
}

/** The filters that are rarely needed: several statuses at once, paid or not, the country, and no customer. */
export function MoreFilters({ id, className, address }: Props & { readonly id: string; readonly className: string }) {
  return (
    <div id={id} className={`flex basis-full flex-wrap items-end gap-x-3 gap-y-2 ${className}`}>
      <StatusFilter address={address} />
      <PaidFilter address={address} />
      <CountryFilter address={address} />
      <NobodyFilter address={address} />
    </div>
  );
}

const boxLook = "flex h-11 items-center gap-2 text-sm md:h-8";

function StatusFilter({ address }: Props) {
  const { t } = useText();
  const chosen = chosenStatuses(address.query);
  return (
    <fieldset className="flex min-w-0 flex-wrap gap-x-3 max-md:basis-full">
      <legend className="mb-1 font-medium text-muted text-xs md:mb-0">{t("orders.column.status")}</legend>
      {statusLabels.map(([status, label]) => (
        <label key={status} className={boxLook}>
          <input
            type="checkbox"
            name="status_id"
            value={status}
            checked={chosen.includes(status)}
            onChange={() => address.go(withStatus(address.queryNow(), status))}
          />
          {t(label)}
        </label>
      ))}
    </fieldset>
  );
}

function PaidFilter({ address }: Props) {
  const { t } = useText();
  return (
    <Field label={t("orders.column.payment")} className="w-[calc(50%-0.375rem)] sm:w-36">
      {(control) => (
        <select
          {...control}
          name="paid"
          className={controlLook}
          value={address.query.filters.paid ?? ""}
          onChange={({ target }) => address.go(withFilters(address.queryNow(), { paid: target.value }))}
        >
          <option value="">{t("orders.any")}</option>
          <option value="false">{t("orders.unpaid")}</option>
          <option value="true">{t("orders.paid")}</option>
        </select>
      )}
    </Field>
  );
}

function CountryFilter({ address }: Props) {
  const { t } = useText();
  const value = address.query.filters.ship_country_region ?? "";
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  // Something else changed the address: Back, Forward, a view, Clear filters.
  if (shown !== value) {
    setShown(value);
    setTyped(value);
  }
  const listId = useId();
  const { countries, load } = useCountries();
  const search = () => {
    const country = spelled(typed, countries);
    setTyped(country);
    if (country !== value) address.go(withFilters(address.queryNow(), { ship_country_region: country }));
  };
  return (
    <Field label={t("orders.country")} className="w-[calc(50%-0.375rem)] sm:w-44">
      {(control) => (
        <>
          <input
            {...control}
            list={listId}
            onFocus={load}
            name="ship_country_region"
            maxLength={50}
            autoComplete="off"
            placeholder={t("orders.countryHint")}
            className={controlLook}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            onKeyDown={({ key }) => key === "Enter" && search()}
            onBlur={search}
          />
          <datalist id={listId}>
            {countries.map((country) => (
              <option key={country} value={country} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

function NobodyFilter({ address }: Props) {
  const { t } = useText();
  const id = useId();
  const isChosen = address.query.filters.customer_id === "none";
  return (
    <label htmlFor={id} className={boxLook}>
      <input
        id={id}
        type="checkbox"
        name="customer_id"
        value="none"
        checked={isChosen}
        onChange={() => address.go(withFilters(address.queryNow(), { customer_id: isChosen ? null : "none" }))}
      />
      {t("orders.withoutCustomer")}
    </label>
  );
}
