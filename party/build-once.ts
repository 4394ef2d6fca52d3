/**
 * Builds something on first use and keeps it as long as the process lives. A build that fails is not kept, so
 * that the next invocation tries again.
 */
export function buildOnce<Built>(build: () => Promise<Built>): () => Promise<Built> {
  let built: Promise<Built> | undefined;
  return () => {
    built ??= build().catch((error) => {
      built = undefined;
      throw error;
    });
    return built;
  };
}
