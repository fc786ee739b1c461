"use client";
import { useRouter } from "next/navigation";
import { useCommands } from "../shell/commands/registry.tsx";

/** The key that begins a new count. */
export function NewCountCommand() {
  const router = useRouter();
  useCommands([{ id: "new-count", label: "counts.new", keys: "c", run: () => router.push("/counts/new") }]);
  return null;
}
