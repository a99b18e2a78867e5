import { make } from './elements.ts'
import { say } from './language.ts'
import { signIn } from './session.ts'

/** Asks for the token; `why` says why again. */
export const signInView = (why: string | undefined, done: () => void): HTMLElement => {
  const token = make('input', {
    id: 'token',
    name: 'token',
    type: 'password',
    autocomplete: 'off',
    // Shown while nothing is typed: by it the form knows that a token was begun, and leaves it alone (`isFilling`).
    placeholder: ' ',
    required: true
  })
  token.setAttribute('aria-describedby', 'token-hint')
  const form = make(
    'form',
    { id: 'sign-in', noValidate: true },
    why !== undefined && make('p', { className: 'warning', role: 'alert' }, why),
    make('label', { htmlFor: 'token' }, say('填报令牌', 'Token')),
    token,
    make(
      'small',
      { id: 'token-hint' },
      say('由管理员发放;只存在本机,用于填报', 'Issued by an administrator; kept on this device only, to report with')
    ),
    make(
      'p',
      { className: 'buttons' },
      make('button', { type: 'submit', className: 'primary' }, say('登录', 'Sign in'))
    )
  )
  form.onsubmit = async event => {
    event.preventDefault()
    const text = token.value.trim()
    if (text === '') return token.focus()
    await signIn(text)
    done()
  }
  return form
}
