// The controls of a form: a labelled field, and a combobox that searches while the user types
// (its state is in use-choices.ts).
"use client";
import { useId } from "react";
import { useText } from "../../messages/provider.tsx";
import { controlLook, type FieldControl } from "./field.tsx";
import { type Choice, isAmbiguous, type Search, useChoices } from "./use-choices.ts";

interface Props<C extends Choice> {
  readonly control: FieldControl;
  readonly value: Choice | null;
  /** Text that was typed and stands for no choice: it stays in the field until it is settled. */
  readonly unmatched: string | undefined;
  /** Called with the text while nothing is chosen by it, and with null when it is settled. */
  readonly onUnmatched: (text: string | null) => void;
  readonly onChange: (choice: C | null) => void;
  readonly search: Search<C>;
  /** Called after Enter, with the choice it took, or null when nothing was being chosen. */
  readonly onEnter?: (taken: C | null) => void;
  readonly onBlur?: () => void;
  readonly disabled?: boolean;
  readonly placeholder?: string | undefined;
}

/**
 * Chooses by typing part of a name (ARIA's combobox with a list and an active descendant). The first hit is active at
 * once, so that typing and Enter are enough.
 */
export function Combobox<C extends Choice>(props: Props<C>) {
  const { control, value, unmatched, onUnmatched, onChange, search, onEnter, onBlur } = props;
  const { disabled = false, placeholder } = props;
  const choices = useChoices(search, { isFilled: value !== null, onChange, onEnter, onUnmatched });
  const listId = useId();
  const { typed, found, active } = choices;
  const isOpen = typed !== null && found !== null;
  const descendant = isOpen && found[active] !== undefined ? { "aria-activedescendant": `${listId}-${active}` } : {};
  return (
    <div className="relative">
      <input
        {...control}
        {...descendant}
        role="combobox"
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        className={controlLook}
        disabled={disabled}
        placeholder={placeholder}
        value={typed ?? unmatched ?? value?.name ?? ""}
        onChange={(event) => choices.type(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => {
          choices.leave();
          onBlur?.();
        }}
        onKeyDown={choices.onKeyDown}
      />
      <ChoiceList {...choices} listId={listId} isOpen={isOpen} />
    </div>
  );
}

/** `Intl` formats the text digit by digit: all four places, and none of them rounded. */
function Figure({ label, value, isThere }: NonNullable<Choice["figure"]>) {
  const { t, locale } = useText();
  const text = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(value);
  const colour = isThere ? "text-good" : "text-bad";
  return <span className={`numbers basis-full text-xs ${colour}`}>{t(label, { value: text })}</span>;
}

interface ListProps<C extends Choice> {
  readonly listId: string;
  readonly isOpen: boolean;
  readonly found: readonly C[] | null;
  readonly isFailed: boolean;
  readonly active: number;
  readonly setActive: (place: number) => void;
  readonly choose: (choice: C) => void;
}

function ChoiceList<C extends Choice>({ listId, isOpen, found, isFailed, active, setActive, choose }: ListProps<C>) {
  const { t } = useText();
  return (
    <div
      id={listId}
      role="listbox"
      aria-label={t("combobox.choices")}
      hidden={!isOpen}
      className="absolute z-30 mt-1 max-h-72 w-max min-w-full max-w-[min(24rem,calc(100vw-4rem))] overflow-auto rounded-lg border border-line bg-raised p-1 shadow-xl"
    >
      {active < 0 && found !== null && isAmbiguous(found) && (
        <p className="px-2.5 py-1.5 text-muted text-xs">{t("combobox.several")}</p>
      )}
      {found?.map((choice, place) => (
        <div
          key={choice.id}
          id={`${listId}-${place}`}
          role="option"
          tabIndex={-1}
          aria-selected={place === active}
          className={`flex cursor-pointer flex-wrap items-baseline justify-between gap-x-3 rounded-md px-2.5 py-1.5 ${place === active ? "bg-accent-soft" : ""}`}
          // On mouse down, before the field loses the focus, which would close the list.
          onMouseDown={(event) => {
            event.preventDefault();
            choose(choice);
          }}
          onMouseMove={() => setActive(place)}
        >
          <span className="max-w-full truncate">{choice.name}</span>
          {choice.mark !== undefined && <span className="text-warn text-xs">{t(choice.mark)}</span>}
          <span className="numbers max-w-full truncate text-muted text-xs">{choice.about ?? `#${choice.id}`}</span>
          {choice.figure !== undefined && <Figure {...choice.figure} />}
        </div>
      ))}
      {found?.length === 0 && (
        <div role="option" tabIndex={-1} aria-selected={false} aria-disabled className="px-2.5 py-1.5 text-muted">
          {t(isFailed ? "combobox.failed" : "combobox.nothing")}
        </div>
      )}
    </div>
  );
}
