"use client";
import { useId } from "react";

interface Choice {
  readonly name: string;
  readonly label: string;
  readonly about?: string;
}

interface Props {
  readonly title: string;
  readonly choices: readonly Choice[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  readonly issue?: string | undefined;
  readonly columns?: true;
}

/** Several of a few choices. */
export function CheckList({ title, choices, chosen, onChange, issue, columns }: Props) {
  const id = useId();
  const toggle = (name: string) => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    onChange(next);
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium text-muted text-xs">{title}</legend>
      <div className={columns === true ? "grid gap-x-4 gap-y-1 sm:grid-cols-2" : "flex flex-col gap-2"}>
        {choices.map(({ name, label, about }) => (
          <div key={name} className="flex items-start gap-2.5">
            <input
              id={`${id}-${name}`}
              type="checkbox"
              className="mt-0.5 size-4 shrink-0 accent-(--accent)"
              checked={chosen.has(name)}
              aria-describedby={about === undefined ? undefined : `${id}-${name}-about`}
              onChange={() => toggle(name)}
            />
            <div className="min-w-0">
              <label htmlFor={`${id}-${name}`} className="cursor-pointer">
                {label}
              </label>
              {about !== undefined && (
                <p id={`${id}-${name}-about`} className="text-muted text-xs">
                  {about}
                </p>
              )}
            </div>
          </div>
        ))}
      </div>
      {issue !== undefined && <p className="text-bad text-xs">{issue}</p>}
    </fieldset>
  );
}
