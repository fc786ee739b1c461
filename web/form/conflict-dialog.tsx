"use client";
import { useState } from "react";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { useText } from "../messages/provider.tsx";
import type { Side, States } from "./merge.ts";
import type { Conflict } from "./save.ts";

/** One value in three states, as text. */
interface ShownDifference extends States<string> {
  readonly key: string;
  /** What differs. */
  readonly name: string;
}

export interface SettleProps<Row, Draft, Difference> {
  readonly conflict: Conflict<Row, Draft, Difference>;
  readonly onSettle: (choices: ReadonlyMap<string, Side>) => void;
  readonly onClose: () => void;
}

interface Props<Row, Draft, Difference> extends SettleProps<Row, Draft, Difference> {
  readonly title: string;
  readonly saveLabel: string;
  readonly shownOf: (difference: Difference) => ShownDifference;
}

/** Shows what was, what is mine and what is theirs, and lets the user choose. */
export function ConflictDialog<Row, Draft, Difference>(props: Props<Row, Draft, Difference>) {
  const { title, conflict, onClose } = props;
  return (
    // Another version of theirs is another question.
    <Dialog key={conflict.theirs.etag} title={title} isOpen onClose={onClose} wide>
      <Settling {...props} />
    </Dialog>
  );
}

function Settling<Row, Draft, Difference>(props: Props<Row, Draft, Difference>) {
  const { saveLabel, conflict, shownOf, onSettle, onClose } = props;
  const { t } = useText();
  const clashes = conflict.merge.clashes.map(shownOf);
  const taken = conflict.merge.taken.map(shownOf);
  const lost = conflict.merge.lost.map(shownOf);
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const open = clashes.filter(({ key }) => !choices.has(key)).length;
  const chooseAll = (side: Side) => setChoices(new Map(clashes.map(({ key }) => [key, side])));
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (open === 0) onSettle(choices);
      }}
    >
      <p className="text-muted">{t("conflict.words")}</p>
      {clashes.length > 0 && (
        <section className="flex flex-col gap-2">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h3 className="font-semibold">{t("conflict.clashes", { count: clashes.length })}</h3>
            <span className="flex gap-2">
              <Button onClick={() => chooseAll("mine")}>{t("conflict.allMine")}</Button>
              <Button onClick={() => chooseAll("theirs")}>{t("conflict.allTheirs")}</Button>
            </span>
          </div>
          {clashes.map((clash, at) => (
            <Clash
              key={clash.key}
              clash={clash}
              isFirst={at === 0}
              side={choices.get(clash.key)}
              onChoose={(side) => setChoices(new Map([...choices, [clash.key, side]]))}
            />
          ))}
        </section>
      )}
      <Settled title={t("conflict.taken", { count: taken.length })} differences={taken} side="theirs" />
      <Settled title={t("conflict.lost", { count: lost.length })} differences={lost} side="mine" />
      <div className="flex flex-wrap items-center justify-end gap-2">
        {open > 0 && <p className="mr-auto text-muted">{t("conflict.open", { count: open })}</p>}
        <Button onClick={onClose}>{t("conflict.back")}</Button>
        <Button
          look="primary"
          type="submit"
          aria-disabled={open > 0}
          {...(clashes.length === 0 ? { "data-focus-first": true } : {})}
        >
          {saveLabel}
        </Button>
      </div>
    </form>
  );
}

interface ClashProps {
  readonly clash: ShownDifference;
  readonly isFirst: boolean;
  readonly side: Side | undefined;
  readonly onChoose: (side: Side) => void;
}

/** One clash: the arrow keys choose, Tab goes to the next. */
function Clash({ clash, isFirst, side, onChoose }: ClashProps) {
  const { t } = useText();
  return (
    <fieldset className="rounded-lg border border-line p-3">
      <legend className="px-1 font-medium">{clash.name}</legend>
      <p className="mb-2 text-muted text-sm">
        {t("conflict.base")}: <span className="numbers">{clash.base}</span>
      </p>
      <div className="grid gap-2 sm:grid-cols-2">
        {(["mine", "theirs"] as const).map((each, at) => (
          <label
            key={each}
            className="flex cursor-pointer items-start gap-2.5 rounded-md border border-line px-3 py-2 hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name={clash.key}
              className="mt-1 accent-(--accent)"
              checked={side === each}
              onChange={() => onChoose(each)}
              {...(isFirst && at === 0 ? { "data-focus-first": true } : {})}
            />
            <span className="min-w-0">
              <span className="block text-muted text-xs">{t(`conflict.${each}`)}</span>
              <span className="numbers whitespace-pre-line break-words">{clash[each]}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface SettledProps {
  readonly title: string;
  readonly differences: readonly ShownDifference[];
  readonly side: Side;
}

/** Differences that need no choice, shown all the same. */
function Settled({ title, differences, side }: SettledProps) {
  if (differences.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1.5 font-semibold">{title}</h3>
      <ul className="flex flex-col gap-1">
        {differences.map((difference) => (
          <li key={difference.key} className="flex flex-wrap gap-x-2">
            <span className="text-muted">{difference.name}</span>
            <span className="numbers">
              <del className="text-muted">{difference.base}</del> →{" "}
              <span className="font-medium">{difference[side]}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
