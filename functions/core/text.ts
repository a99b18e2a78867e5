/** A sentence in the two languages of the tracker. */
export interface Text {
  readonly zh: string
  readonly en: string
}
