"use client";
import { Bookmark, X } from "lucide-react";
import { type FormEvent, useState, useSyncExternalStore } from "react";
import { deleteView, noViews, savedViews, saveView, watchViews } from "../../../api/session/order-views.ts";
import { Button } from "../../../components/button.tsx";
import { Disclosure } from "../../../components/disclosure.tsx";
import { controlLook, Field } from "../../../components/form/field.tsx";
import { useToast } from "../../../components/toast.tsx";
import { useText } from "../../../messages/provider.tsx";
import { ListLink } from "./list-link.tsx";
import type { ListAddress } from "./navigation.ts";

interface Props {
  readonly address: ListAddress;
  readonly isOpen: boolean;
  readonly setOpen: (isOpen: boolean) => void;
}

/** The saved views: to open or delete one, or to save the list shown. */
export function ViewsMenu({ address, isOpen, setOpen }: Props) {
  const { t } = useText();
  const toast = useToast();
  const views = useSyncExternalStore(watchViews, savedViews, noViews);
  const here = address.pathOf(address.query);
  const current = views.find(({ path }) => path === here);
  const save = async (name: string) => {
    if (await saveView({ name, path: here })) toast.info(t("orders.views.saved", { name }));
    else toast.error(t("orders.views.unsaved"));
    setOpen(false);
  };
  const forget = async (name: string, path: string) => {
    if (!(await deleteView(name))) return toast.error(t("orders.views.unsaved"));
    toast.info(t("orders.views.forgotten", { name }), () => void saveView({ name, path }));
  };
  const label = (
    <>
      <Bookmark size={15} aria-hidden />
      <span className="max-w-32 truncate">{current?.name ?? t("orders.views")}</span>
    </>
  );
  return (
    <Disclosure label={label} name={t("orders.views")} isOpen={isOpen} onChange={setOpen}>
      {views.length === 0 ? (
        <p className="mb-3 text-muted text-sm">{t("orders.views.none")}</p>
      ) : (
        <ul className="mb-3 flex max-h-64 flex-col overflow-auto">
          {views.map(({ name, path }) => (
            <li key={name} className="flex items-center gap-1">
              <ListLink
                path={path}
                aria-current={path === here ? "page" : undefined}
                className="min-w-0 flex-1 truncate rounded-md px-2 py-1.5 hover:bg-accent-soft aria-[current]:font-medium"
              >
                {name}
              </ListLink>
              <button
                type="button"
                aria-label={t("orders.views.forget", { name })}
                className="grid size-7 place-items-center rounded-md text-muted hover:bg-accent-soft hover:text-ink"
                onClick={() => {
                  void forget(name, path);
                }}
              >
                <X size={15} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <NameForm onSave={(name) => void save(name)} />
    </Disclosure>
  );
}

function NameForm({ onSave }: { readonly onSave: (name: string) => void }) {
  const { t } = useText();
  const [name, setName] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") onSave(name.trim());
  };
  return (
    <form onSubmit={submit} className="flex items-end gap-2 border-line border-t pt-3">
      <Field label={t("orders.views.name")} className="flex-1">
        {(control) => (
          <input
            {...control}
            data-focus-first
            className={controlLook}
            maxLength={40}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" look="primary">
        {t("orders.views.save")}
      </Button>
    </form>
  );
}
