"use client";

/** Why a form was refused. */
export function Refusal({ words }: { readonly words: string | null }) {
  return (
    <div role="alert" className="empty:hidden">
      {words !== null && <p className="rounded-xl border border-bad bg-bad-soft px-4 py-2.5 text-bad">{words}</p>}
    </div>
  );
}
