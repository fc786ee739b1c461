"use client";
import { Search, SlidersHorizontal } from "lucide-react";
import { type RefObject, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Combobox } from "../../../components/form/combobox.tsx";
import { controlLook, Field } from "../../../components/form/field.tsx";
import type { Choice } from "../../../components/form/use-choices.ts";
import { dateIn, noDate } from "../../../form/typed-date.ts";
import { useText } from "../../../messages/provider.tsx";
import { type ContactResource, searchFor } from "./choices.ts";
import { MoreFilters } from "./more-filters.tsx";
import type { ListAddress } from "./navigation.ts";
import { countMore, type FilterName, withFilters } from "./query.ts";
import { TextFilter } from "./text-filter.tsx";
import { useFilterChoice } from "./use-filter-choice.ts";

/** The names that the server looked up for the filters. */
export interface FilterNames {
  readonly customer: Choice | null;
  readonly employee: Choice | null;
  readonly shippers: readonly Choice[];
}

interface Props {
  readonly address: ListAddress;
  readonly names: FilterNames;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly bar: RefObject<HTMLFormElement | null>;
}

/** The filters of the list. A form, so that they work without JavaScript, too. */
export function FilterBar({ address, names, search, bar }: Props) {
  const { t } = useText();
  const { query, queryNow, go } = address;
  const [isOpen, setOpen] = useState(false);
  const filter = (name: FilterName) => (value: string | null) => go(withFilters(queryNow(), { [name]: value }));
  const more = countMore(query);
  const [isMoreOpen, setMoreOpen] = useState(more > 0);
  const named = Object.keys(query.filters).filter((name) => name !== "status_id" && name !== "q").length;
  const active = named + (query.filters.status_id?.includes(",") === true ? 1 : 0);
  return (
    <form
      ref={bar}
      action="/orders"
      aria-label={t("orders.filters")}
      className="screen-only flex flex-wrap items-end gap-2"
      onSubmit={(event) => event.preventDefault()}
    >
      <TextFilter value={query.filters.q ?? ""} onChange={filter("q")} input={search} />
      <Button
        className="md:hidden"
        aria-expanded={isOpen}
        aria-controls="order-filters"
        onClick={() => setOpen((open) => !open)}
      >
        <SlidersHorizontal size={15} aria-hidden />
        {t("orders.filters")}
        <Active count={active} />
      </Button>
      <div
        id="order-filters"
        className={`min-w-0 basis-full flex-wrap items-end gap-2 md:contents ${isOpen ? "flex" : "hidden"}`}
      >
        <PartyFilter kind="customers" address={address} first={names.customer} />
        <PartyFilter kind="employees" address={address} first={names.employee} />
        <ShipperFilter address={address} shippers={names.shippers} onChange={filter("shipper_id")} />
        <DayFilter name="order_date_from" address={address} onChange={filter("order_date_from")} />
        <DayFilter name="order_date_to" address={address} onChange={filter("order_date_to")} />
        <Button
          className="max-md:hidden"
          aria-expanded={isMoreOpen}
          aria-controls="more-order-filters"
          onClick={() => setMoreOpen((open) => !open)}
        >
          <SlidersHorizontal size={15} aria-hidden />
          {t("orders.moreFilters")}
          <Active count={more} />
        </Button>
        <MoreFilters id="more-order-filters" address={address} className={isMoreOpen ? "" : "md:hidden"} />
      </div>
      <noscript>
        <button type="submit" className="flex h-8 items-center gap-2 rounded-md border border-line px-3">
          <Search size={15} aria-hidden /> {t("orders.search")}
        </button>
      </noscript>
    </form>
  );
}

function Active({ count }: { readonly count: number }) {
  return count > 0 && <span className="numbers rounded-full bg-accent px-1.5 text-on-accent text-xs">{count}</span>;
}

const partyFilters = {
  customers: { name: "customer_id", label: "orders.column.customer" },
  employees: { name: "employee_id", label: "orders.column.employee" },
} as const;

interface ContactProps {
  readonly kind: ContactResource;
  readonly address: ListAddress;
  readonly first: Choice | null;
}

function PartyFilter({ kind, address, first }: ContactProps) {
  const { t } = useText();
  const { name, label } = partyFilters[kind];
  const id = address.query.filters[name];
  const [choice, setChoice] = useFilterChoice(kind, id, first);
  const [unmatched, setUnmatched] = useState<string | null>(null);
  const [isLeft, setLeft] = useState(false);
  const issue = unmatched === null || !isLeft ? undefined : t("typing.unmatched", { typed: unmatched });
  const choose = (choice: Choice | null) => {
    setChoice(choice);
    address.go(withFilters(address.queryNow(), { [name]: choice === null ? null : String(choice.id) }));
  };
  return (
    <Field label={t(label)} issue={issue} className="w-full sm:w-36">
      {(control) => (
        <>
          <Combobox
            control={control}
            value={choice}
            unmatched={unmatched ?? undefined}
            onUnmatched={(text) => {
              setUnmatched(text);
              setLeft(false);
            }}
            onBlur={() => setLeft(true)}
            onChange={choose}
            search={searchFor(kind)}
            placeholder={t(id === "none" ? "orders.nobody" : "orders.anybody")}
          />
          {id !== undefined && id !== "none" && <input type="hidden" name={name} value={id} />}
        </>
      )}
    </Field>
  );
}

interface ShipperProps {
  readonly address: ListAddress;
  readonly shippers: readonly Choice[];
  readonly onChange: (id: string | null) => void;
}

function ShipperFilter({ address, shippers, onChange }: ShipperProps) {
  const { t } = useText();
  const value = address.query.filters.shipper_id ?? "";
  const isUnknown = value !== "" && !shippers.some(({ id }) => String(id) === value);
  return (
    <Field label={t("orders.column.shipper")} className="w-full sm:w-36">
      {(control) => (
        <select
          {...control}
          name="shipper_id"
          className={controlLook}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          <option value="">{t("orders.any")}</option>
          {isUnknown && <option value={value}>#{value}</option>}
          {shippers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface DayProps {
  readonly name: "order_date_from" | "order_date_to";
  readonly address: ListAddress;
  readonly onChange: (day: string | null) => void;
}

function DayFilter({ name, address, onChange }: DayProps) {
  const { t } = useText();
  const { order_date_from, order_date_to } = address.query.filters;
  const value = address.query.filters[name] ?? "";
  const [isBad, setBad] = useState(false);
  const look = (input: HTMLInputElement) => setBad(dateIn(input) === noDate);
  const limits = name === "order_date_from" ? { max: order_date_to } : { min: order_date_from };
  return (
    <Field
      label={t(name === "order_date_from" ? "orders.from" : "orders.to")}
      issue={isBad ? t("typing.date") : undefined}
      className="w-[calc(50%-0.25rem)] sm:w-36"
    >
      {(control) => (
        <input
          {...control}
          {...limits}
          type="date"
          name={name}
          className={`${controlLook} numbers`}
          // A typed date is valid only when all its parts are there: until then the field is left alone.
          key={value}
          defaultValue={value}
          onChange={(event) => isWholeDay(event.target.value) && onChange(event.target.value)}
          onKeyUp={({ currentTarget, key }) => (isBad || key === "Enter") && look(currentTarget)}
          onBlur={({ target }) => {
            look(target);
            if (target.value !== value && dateIn(target) !== noDate) onChange(target.value);
          }}
        />
      )}
    </Field>
  );
}

/** A year that is still being typed begins with zeros. */
function isWholeDay(text: string): boolean {
  return /^[1-9]\d{3}-\d\d-\d\d$/.test(text);
}
