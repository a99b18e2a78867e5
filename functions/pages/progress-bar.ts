import { html, type Markup } from './markup.ts'

/** A bar of what is done, with a tick at what should be done by now; the figures stand beside it. */
export const progressBar = (done: number, planned: number | null): Markup =>
  html`<svg class="bar" viewBox="0 0 100 6" width="100" height="6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="part" width="${done}" height="6"/>${
    planned !== null && html`<path class="tick" d="M${Math.min(99, Math.max(1, planned))} 0v6"/>`
  }</svg>`
