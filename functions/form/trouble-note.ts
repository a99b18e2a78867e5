import { type DatabaseTrouble, onDatabaseTrouble } from './database.ts'
import { draftsKept } from './drafts.ts'
import { make } from './elements.ts'
import { say } from './language.ts'

/** Says above the form, once, what is the matter with what is kept in this browser, and what to do. */
export const tellTrouble = (app: HTMLElement): void =>
  onDatabaseTrouble(trouble => {
    if (!document.querySelector('.trouble')) app.before(troubleNote(trouble))
  })

const troubleNote = (trouble: DatabaseTrouble): HTMLElement => {
  const reload = async (): Promise<void> => {
    await draftsKept()
    location.reload()
  }
  return make(
    'div',
    { className: 'app trouble' },
    make('p', { className: 'warning', role: 'alert' }, troubleText(trouble)),
    make('button', { type: 'button', onclick: reload }, say('重新加载', 'Reload'))
  )
}

const troubleText = (trouble: DatabaseTrouble): string => {
  switch (trouble) {
    case 'newer-form':
      return say(
        '填报页已有新版,请重新加载;填到一半的都留着',
        'There is a newer form: reload. What is half filled in stays'
      )
    case 'held':
      return say(
        '另一窗口开着旧版填报页,请关掉它再重新加载',
        'Another window has an older form open: close it, then reload'
      )
  }
}
