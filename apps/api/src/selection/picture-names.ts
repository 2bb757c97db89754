/** A picture is referred to for so long; it is kept for as much longer than those that refer to it. */
export const namesSeconds = 3_600;

/** Which picture of this manager named the media servers last. */
export class PictureNames {
  #last: { readonly pictureId: string; readonly names: string; readonly since: Date } | null = null;

  /** The picture that names exactly these, in their order; null when there is none that is recent. */
  same(ids: readonly string[], now: Date): string | null {
    if (this.#last === null || now.getTime() - this.#last.since.getTime() >= namesSeconds * 1_000) return null;
    return this.#last.names === ids.join() ? this.#last.pictureId : null;
  }

  /** A picture that names these has been committed. */
  named(pictureId: string, ids: readonly string[], since: Date): void {
    this.#last = { pictureId, names: ids.join(), since };
  }
}
