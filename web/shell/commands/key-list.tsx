"use client";
import { Dialog } from "../../components/dialog.tsx";
import { useText } from "../../messages/provider.tsx";
import { KeyHint } from "./key-hint.tsx";
import { useAllCommands } from "./registry.tsx";

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Every key that works on the page in front. */
export function KeyList({ isOpen, onClose }: Props) {
  const { t } = useText();
  const commands = useAllCommands();
  return (
    <Dialog title={t("keys.title")} isOpen={isOpen} onClose={onClose}>
      <dl className="grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-2">
        {commands.map(({ id, label, keys }) =>
          keys === null ? null : (
            <div key={id} className="contents">
              <dt>{t(label)}</dt>
              <dd className="text-right">
                <KeyHint keys={keys} />
                <span className="sr-only">{keys}</span>
              </dd>
            </div>
          ),
        )}
      </dl>
    </Dialog>
  );
}
