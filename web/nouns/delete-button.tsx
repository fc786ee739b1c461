"use client";
import { Trash2 } from "lucide-react";
import { Button } from "../components/button.tsx";
import { useText } from "../messages/provider.tsx";
import type { NounName } from "./noun.ts";

interface Props {
  readonly noun: NounName;
  readonly id: number;
  readonly name: string;
  readonly etag: string | null;
}

export function DeleteButton(_props: Props) {
  const { t } = useText();
  return (
    <Button look="danger">
      <Trash2 size={15} aria-hidden />
      {t("noun.delete")}
    </Button>
  );
}
