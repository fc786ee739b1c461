"use client";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { useText } from "../../messages/provider.tsx";
import type { Conflict } from "../form/use-saving.ts";
import { DifferenceName, differenceText, Taken } from "./differences.tsx";
import type { Difference, Side } from "./merge.ts";

interface Props {
  readonly conflict: Conflict | null;
  readonly onSettle: (choices: ReadonlyMap<string, Side>) => void;
  readonly onClose: () => void;
}

/** Somebody else has changed the order: what was, what is mine, what is theirs, and what becomes of it. */
export function ConflictDialog({ conflict, onSettle, onClose }: Props) {
  const { t } = useText();
  return (
    <Dialog title={t("conflict.title")} isOpen={conflict !== null} onClose={onClose} wide>
      {conflict !== null && <Settling key={conflict.theirs.etag} {...{ conflict, onSettle, onClose }} />}
    </Dialog>
  );
}

interface SettlingProps extends Props {
  readonly conflict: Conflict;
}

function Settling({ conflict, onSettle, onClose }: SettlingProps) {
  const { t } = useText();
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const { clashes, taken, lost } = conflict.merge;
  const open = clashes.filter(({ spot }) => !choices.has(spot)).length;
  const chooseAll = (side: Side) => setChoices(new Map(clashes.map(({ spot }) => [spot, side])));
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
              key={clash.spot}
              clash={clash}
              isFirst={at === 0}
              side={choices.get(clash.spot)}
              onChoose={(side) => setChoices(new Map([...choices, [clash.spot, side]]))}
            />
          ))}
        </section>
      )}
      <Taken title={t("conflict.taken", { count: taken.length })} differences={taken} side="theirs" />
      <Taken title={t("conflict.lost", { count: lost.length })} differences={lost} side="mine" />
      <div className="flex flex-wrap items-center justify-end gap-2">
        {open > 0 && <p className="mr-auto text-muted">{t("conflict.open", { count: open })}</p>}
        <Button onClick={onClose}>{t("conflict.back")}</Button>
        <Button
          look="primary"
          type="submit"
          aria-disabled={open > 0}
          {...(clashes.length === 0 ? { "data-focus-first": true } : {})}
        >
          {t("conflict.save")}
        </Button>
      </div>
    </form>
  );
}

interface ClashProps {
  readonly clash: Difference;
  readonly isFirst: boolean;
  readonly side: Side | undefined;
  readonly onChoose: (side: Side) => void;
}

/** One clash: the arrow keys choose, Tab goes to the next. */
function Clash({ clash, isFirst, side, onChoose }: ClashProps) {
  const { t } = useText();
  return (
    <fieldset className="rounded-lg border border-line p-3">
      <legend className="px-1 font-medium">
        <DifferenceName difference={clash} />
      </legend>
      <p className="mb-2 text-muted text-sm">
        {t("conflict.base")}: <span className="numbers">{differenceText(clash, "base", t)}</span>
      </p>
      <div className="grid gap-2 sm:grid-cols-2">
        {(["mine", "theirs"] as const).map((each, at) => (
          <label
            key={each}
            className="flex cursor-pointer items-start gap-2.5 rounded-md border border-line px-3 py-2 hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name={clash.spot}
              className="mt-1 accent-(--accent)"
              checked={side === each}
              onChange={() => onChoose(each)}
              {...(isFirst && at === 0 ? { "data-focus-first": true } : {})}
            />
            <span className="min-w-0">
              <span className="block text-muted text-xs">{t(`conflict.${each}`)}</span>
              <span className="numbers break-words">{differenceText(clash, each, t)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
