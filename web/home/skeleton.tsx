import { worklists } from "../worklists/names.ts";

/** A skeleton of the page, as high as the page will be, with a message. */
export function HomeSkeleton({ words }: { readonly words: string }) {
  const block = "animate-pulse rounded-xl border border-line bg-surface";
  return (
    <div>
      <p role="status" className="mb-4 text-muted">
        {words}
      </p>
      <div aria-hidden>
        <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
          {worklists.map(({ name }) => (
            <div key={name} className={`h-26 ${block}`} />
          ))}
        </div>
        <div className="grid gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
          <div className={`h-90 ${block}`} />
          <div className={`h-90 ${block}`} />
        </div>
      </div>
    </div>
  );
}
