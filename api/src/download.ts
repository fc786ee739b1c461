import { type ApiError, toApiError } from "./answer.ts";

/** The parts as a stream that asks for the next one only when the client has taken the one before. */
export function downloadStream(
  parts: AsyncIterator<string>,
  failed: (error: ApiError) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await parts.next();
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          failed(toApiError(error));
          // The connection is cut without the end of its last chunk: to the client the file is not whole.
          controller.error(new Error("the download was cut"));
        }
      },
      async cancel() {
        await parts.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
