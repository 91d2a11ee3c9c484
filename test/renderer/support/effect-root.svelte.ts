/** Runs an effect outside of any component; the function returned ends it. */
export function effectRoot(run: () => void): () => void {
  return $effect.root(() => {
    $effect(run);
  });
}
