import { type ApiError, type Download, toApiError } from "../contract/answer.ts";

/** The headers that make a client save the body as a file. */
export function downloadHeaders({ name, type }: Download): Readonly<Record<string, string>> {
  return {
    "content-type": type.startsWith("text/") ? `${type}; charset=utf-8` : type,
    "content-disposition": `attachment; filename="${name}"`,
  };
}

/**
 * Streams the parts and requests the next one only when the client has taken the previous one. If a part fails, the
 * stream is cut, so that the client notices that the file is incomplete, and `failed` is called.
 */
export function downloadStream(
  parts: AsyncIterator<string | Uint8Array<ArrayBuffer>>,
  failed: (error: ApiError) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let isWanted = true;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const { done, value } = await parts.next();
          if (done) controller.close();
          else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
        } catch (error) {
          if (!isWanted) return;
          failed(toApiError(error));
          // Without the final chunk the client knows that the file is incomplete.
          controller.error(new Error("the download was cut"));
        }
      },
      async cancel() {
        isWanted = false;
        await parts.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
