/** A channel is configured wrongly. The message names the field and never shows an address or a secret. */
export class ChannelError extends Error {
  override readonly name = 'ChannelError'
}
