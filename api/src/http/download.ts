import { type ApiError, type Download, toApiError } from "../contract/answer.ts";

/** What tells a client that this is a file to keep. */
export function downloadHeaders({ name, type }: Download): Readonly<Record<string, string>> {
  return {
    "content-type": `${type}; charset=utf-8`,
    "content-disposition": `attachment; filename="${name}"`,
  };
}

/**
 * The parts as a stream that asks for the next one only when the client has taken the one before. One that fails midway
 * is cut: the client sees that it is not whole.
 */
export function downloadStream(
  parts: AsyncIterator<string>,
  failed: (error: ApiError) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isWanted = true;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await parts.next();
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          if (!isWanted) return;
          failed(toApiError(error));
          // The connection is cut without the end of its last chunk: to the client the file is not whole.
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
