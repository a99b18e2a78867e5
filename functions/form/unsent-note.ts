import type { Session } from './database.ts'
import { make } from './elements.ts'
import { say } from './language.ts'
import { bearerOf } from './session.ts'

/**
 * Says how many reports of other bearers are in this browser, and nothing of what they say. Those of a token that ended
 * before this one was given may be the same person's, who says so.
 */
export const unsentNote = (
  owners: readonly string[],
  session: Session | undefined,
  takeOver: () => void
): HTMLElement | undefined => {
  const others = owners.filter(owner => !session || owner !== bearerOf(session.token))
  if (others.length === 0) return undefined
  const former = session && !session.ended ? others.filter(owner => session.succeeds?.includes(owner)) : []
  const rest = others.length - former.length
  return make(
    'p',
    { className: 'fresh left' },
    rest > 0 &&
      say(
        `本机有 ${rest} 份未发送的填报,须用填写时的令牌登录才能看到和发送`,
        `Not sent from this device: ${rest}. Only the token under which they were filled in shows and sends them`
      ),
    former.length > 0 &&
      make(
        'span',
        {},
        say(
          `前一个令牌已失效,留下 ${former.length} 份未发送的填报`,
          `The former token is no longer valid; not sent under it: ${former.length}`
        )
      ),
    former.length > 0 &&
      make('button', { type: 'button', onclick: takeOver }, say('是我填的,转给我', 'They are mine: take them over'))
  )
}
