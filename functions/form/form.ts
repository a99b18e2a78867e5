import { takeTokenFromAddress } from './address.ts'
import { answered, remedyFor, trackerFor } from './api.ts'
import { todayOf } from './clock.ts'
import { database, type KeptAgenda } from './database.ts'
import { deliverWaiting } from './deliver.ts'
import type { Draft, Subject } from './draft.ts'
import { dropDraft, dropOldDrafts, keepDraft, openDraft, ownerOf, readHalfFilled } from './drafts.ts'
import { back, fill, type Inside, make } from './elements.ts'
import { takeFirstAnswer } from './first-answer.ts'
import { homeView } from './home-view.ts'
import { installWorker, wakeWorker } from './installation.ts'
import { say } from './language.ts'
import { isOf, onOutboxChange, type Posted, post, readOutbox } from './outbox.ts'
import { outboxBar, outboxView } from './outbox-view.ts'
import type { Outgoing } from './outgoing.ts'
import { type FillingPlace, fillingPlaceOf, type Place, placeIn } from './place.ts'
import { reportView } from './report-view.ts'
import { bearerOf, endSession, readSession, signIn, signOut } from './session.ts'
import { signInView } from './sign-in-view.ts'
import { tellTrouble } from './trouble-note.ts'
import { handOver, ownersOfUnsent } from './unsent.ts'
import { unsentNote } from './unsent-note.ts'

const app = document.getElementById('app')
const wanted = new URLSearchParams(location.search).get('project')
let agenda: KeptAgenda | undefined

/** Draws the place that the address names; the form that is being filled in is only drawn when somebody goes there. */
const show = async (): Promise<void> => {
  if (!app) return
  const session = await readSession()
  const takeOver = async (): Promise<void> => {
    if (session?.succeeds) await handOver(session.succeeds, bearerOf(session.token))
    await show()
    await deliver()
  }
  const [drafts, reports] = [await readHalfFilled(), await readOutbox()]
  const others = unsentNote(ownersOfUnsent(drafts, reports), session, takeOver)
  if (!session) return fill(app, others, signInView(undefined, enter))
  const owner = bearerOf(session.token)
  const items = reports.filter(isOf(owner))
  const bar = outboxBar(items)
  if (session.ended) return fill(app, bar, others, signInView(whyAgain(items), enter))
  const place = placeIn(location.hash)
  if (place.type === 'outbox') return fill(app, back(), outboxView(items), others, account())
  if (!agenda) return fill(app, bar, make('p', {}, say('正在读取项目…', 'Reading your projects…')), account())
  const first = draftAt(place, items, agenda)
  if (!first || place.type === 'home') {
    const own = drafts.filter(kept => ownerOf(kept) === owner)
    return fill(app, bar, others, homeView(agenda, wanted, own), account())
  }
  const fragment = fillingPlaceOf(place)
  const { key, title, draft, at, place: keptAt } = await openDraft(owner, fragment)
  const restart = async (): Promise<void> => {
    await dropDraft(owner, fragment)
    await show()
  }
  fill(
    app,
    reportView({
      agenda: agenda.agenda,
      draft: draft ?? first,
      key,
      title,
      leftAt: draft && at,
      keep: kept => keepDraft({ place: keptAt, ...kept }),
      restart,
      send: items => send(items, place, owner)
    })
  )
}

/** Why the tracker let nobody in; a token that has shown an agenda was good once. */
const whyAgain = (items: readonly Outgoing[]): string =>
  (agenda
    ? say('令牌已失效,请重新登录', 'The token is no longer valid: sign in again')
    : say('令牌无效,请核对后再登录', 'The token is not valid: check it and sign in again')) +
  (items.some(({ outcome }) => outcome.type === 'waiting') ? say(';待发送的都还在', '. What waits is still here') : '')

/** A report, or a token that was begun to be typed. */
const isFilling = (): boolean => app?.querySelector('.report-form, #token:not(:placeholder-shown)') !== null

/** Draws anew what shows data, and leaves alone what somebody is filling in. */
const refreshView = (): void => {
  if (!isFilling()) show()
}

const draftAt = (place: Place, items: readonly Outgoing[], { agenda: { projects } }: KeptAgenda): Draft | undefined => {
  switch (place.type) {
    case 'home':
    case 'outbox':
      return undefined
    case 'correct':
      return items.find(({ key }) => key === place.key)?.draft
    case 'report': {
      const counted = projects.find(({ id }) => id === place.subject.project)?.count
      return { subject: place.subject, said: saidFirst(place.subject, counted?.done) }
    }
  }
}

const saidFirst = ({ type }: Subject, done: number | undefined): Draft['said'] => {
  switch (type) {
    case 'milestone':
      return undefined
    case 'count':
      return { type: 'count', ...(done === undefined ? {} : { done }) }
    case 'project':
      return { type: 'no-change' }
  }
}

const send = async (items: readonly Outgoing[], from: FillingPlace, owner: string): Promise<Posted> => {
  const posted = await post(
    items.map(item => ({ ...item, bearer: owner })),
    { place: owner + fillingPlaceOf(from), corrects: from.type === 'correct' ? from.key : undefined }
  )
  if (posted === 'sent-before') return posted
  // Whoever went elsewhere while photographs were made ready is left there.
  if (isAt(from)) {
    history.replaceState(null, '', location.pathname + location.search)
    await show()
    rest()
  }
  wakeWorker()
  await deliver()
  return posted
}

const isAt = (place: Place): boolean => JSON.stringify(placeIn(location.hash)) === JSON.stringify(place)

const restMilliseconds = 400

/** The second of two taps on "send" is not meant for what has come in its place. */
const rest = (): void => {
  if (!app) return
  app.inert = true
  setTimeout(() => {
    app.inert = false
    app.querySelector<HTMLElement>('.outbox-bar')?.focus()
  }, restMilliseconds)
}

/** Sends what waits and reads how things stand, and again how they stand after what was sent. */
const deliver = async (): Promise<void> => {
  const delivering = deliverWaiting()
  await readAgenda()
  if ((await delivering) > 0) await readAgenda()
}

/** Reads the agenda anew; without a network the last one stays, with its age. */
const readAgenda = async (): Promise<void> => {
  const session = await readSession()
  if (!session || session.ended) return refreshView()
  const answer = await answered(trackerFor(session.token, takeFirstAnswer(session.token)).GET('/v1/agenda'))
  if (answer.type === 'done') {
    agenda = { agenda: answer.data, at: new Date().toISOString() }
    await (await database()).put('agenda', agenda, 'now')
  } else if (remedyFor(answer) === 'sign-in') await endSession(session.token)
  refreshView()
}

const enter = async (): Promise<void> => {
  agenda = await (await database()).get('agenda', 'now')
  await show()
  await deliver()
}

const account = (): Inside => {
  const leave = async (): Promise<void> => {
    await signOut()
    agenda = undefined
    await show()
  }
  const name = agenda?.agenda.bearer.name
  return make(
    'p',
    { className: 'account' },
    name === undefined ? '' : `${name} · ${say('今天', 'today')} ${agenda ? todayOf(agenda.agenda) : ''} `,
    make('button', { type: 'button', onclick: leave }, say('退出登录', 'Sign out'))
  )
}

const start = async (): Promise<void> => {
  if (app) tellTrouble(app)
  const before = await readSession()
  // Older forms did not keep whose a draft is: of whoever reported here last, or of nobody known.
  await handOver([''], before ? bearerOf(before.token) : 'unknown')
  const token = takeTokenFromAddress()
  if (token !== undefined) await signIn(token)
  onOutboxChange(refreshView)
  addEventListener('hashchange', async () => {
    const given = takeTokenFromAddress()
    if (given !== undefined) {
      await signIn(given)
      return enter()
    }
    await show()
    scrollTo(0, 0)
    app?.querySelector<HTMLElement>('h2[tabindex]')?.focus()
  })
  addEventListener('online', deliver)
  addEventListener('offline', refreshView)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') deliver()
  })
  setInterval(deliver, retryMilliseconds)
  await enter()
  await dropOldDrafts()
  installWorker(() => !isFilling())
}

/** While the page is open, what could not be sent is tried again; the same reading keeps the data from growing old unseen. */
const retryMilliseconds = 60_000

start()
