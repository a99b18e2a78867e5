/**
 * `assets/report.js`: sends the form of the report page and shows the answer, or the errors of problem+json beside the
 * fields they name. It builds nodes, never markup; the token stays in sessionStorage; the Idempotency-Key stays the
 * same until an answer came, so that pressing twice records once.
 */
export const reportScript = String.raw`(() => {
'use strict'
const form = document.getElementById('report')
const by = id => document.getElementById(id)
const say = form.dataset
const lang = document.documentElement.lang
const english = lang === 'en'
const root = english ? '../../' : '../'
const answer = by('answer')
const named = item => (english && item.nameEn) || item.name

// The fields of an error by the end of its JSON pointer.
const fieldOf = pointer => {
  const path = String(pointer).replace(/^.*#/, '')
  if (/delay\/note$/.test(path)) return 'delayNote'
  if (/delay(\/code)?$/.test(path)) return 'delayCode'
  if (/^\/count/.test(path)) return 'countDone'
  if (/\/reports$/.test(path)) return 'milestoneId'
  const last = path.split('/').pop()
  return by(last + '-error') ? last : undefined
}

// The same words sent again carry the same key, until an answer came.
let sent
const renewKey = () => { sent = undefined }
const keyOf = body => {
  if (sent?.body !== body) {
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))]
    sent = { body, key: bytes.map(byte => byte.toString(16).padStart(2, '0')).join('') }
  }
  return sent.key
}

const option = (value, text) => {
  const made = document.createElement('option')
  made.value = value
  made.textContent = text
  return made
}

const json = async path => {
  const response = await fetch(path, { headers: { Accept: 'application/json' } })
  if (!response.ok) throw new Error(String(response.status))
  return response.json()
}

const wanted = new URLSearchParams(location.search).get('project')
const loadProjects = async () => {
  const { projects } = await json(root + 'data/projects.json')
  by('project').append(...projects.map(item => option(item.id, named(item))))
  if (wanted && projects.some(item => item.id === wanted)) {
    by('project').value = wanted
    await loadMilestones()
  }
}

const loadMilestones = async () => {
  const id = by('project').value
  const select = by('milestoneId')
  select.replaceChildren(option('', say.choose))
  by('count-field').hidden = true
  if (id === '') return
  const { project, assessment } = await json(root + 'data/projects/' + encodeURIComponent(id) + '.json')
  if (by('project').value !== id) return
  const open = new Set(assessment.milestones.filter(one => one.status !== 'done' && one.status !== 'cancelled').map(one => one.id))
  select.append(...project.milestones.filter(one => open.has(one.id)).map(one => option(one.id, one.id + ' ' + named(one))))
  by('count-field').hidden = project.count === undefined
}

const showError = (field, text) => {
  by(field + '-error').textContent = text
  by(field).setAttribute('aria-invalid', 'true')
}

const clear = () => {
  for (const element of form.querySelectorAll('.error')) element.textContent = ''
  for (const element of form.querySelectorAll('[aria-invalid]')) element.removeAttribute('aria-invalid')
  answer.replaceChildren()
  answer.className = 'answer'
}

const paragraph = (text, link) => {
  const made = document.createElement('p')
  made.append(text)
  if (link) made.append(' ', link)
  return made
}

const tell = (kind, ...nodes) => {
  answer.className = 'answer ' + kind
  answer.replaceChildren(...nodes)
}

const bodyOf = noChange => {
  const data = new FormData(form)
  const text = name => String(data.get(name) ?? '').trim()
  const note = text('note') === '' ? {} : { note: text('note') }
  if (noChange) return { noChange: true, ...note }
  const report = {}
  if (text('percentComplete') !== '') report.percentComplete = Number(text('percentComplete'))
  for (const name of ['actualStart', 'actualFinish', 'forecastFinish']) if (text(name) !== '') report[name] = text(name)
  if (text('delayCode') !== '') report.delay = { code: text('delayCode'), ...(text('delayNote') === '' ? {} : { note: text('delayNote') }) }
  const count = text('countDone') === '' || by('count-field').hidden ? {} : { count: { done: Number(text('countDone')) } }
  const counted = Object.keys(count).length > 0
  if (Object.keys(report).length === 0 && counted && text('milestoneId') === '') return { ...count, ...note }
  if (text('milestoneId') === '') return { missing: 'milestoneId' }
  if (Object.keys(report).length === 0 && !counted && text('note') === '') return { missing: 'percentComplete', text: say.empty }
  return { reports: [{ milestoneId: text('milestoneId'), ...report, ...note }], ...count }
}

const send = async noChange => {
  clear()
  for (const name of ['token', 'project']) if (by(name).value.trim() === '') {
    showError(name, say.required)
    by(name).focus()
    return
  }
  const body = bodyOf(noChange)
  if (body.missing) {
    showError(body.missing, body.text ?? say.required)
    by(body.missing).focus()
    return
  }
  const token = by('token').value.trim()
  const project = by('project').value
  const text = JSON.stringify(body)
  sessionStorage.setItem('token', token)
  tell('', paragraph(say.sending))
  by('fields').disabled = true
  try {
    const response = await fetch('/v1/projects/' + encodeURIComponent(project) + '/reports', {
      method: 'POST',
      headers: { Authorization: 'Bearer ' + token, 'Content-Type': 'application/json', 'Accept-Language': lang, 'Idempotency-Key': keyOf(project + text) },
      body: text
    })
    const said = await response.json()
    by('fields').disabled = false
    if (response.status < 500) renewKey()
    if (response.ok) accepted(said, project, noChange)
    else refused(said)
  } catch {
    by('fields').disabled = false
    tell('bad', paragraph(say.unreachable))
  }
  answer.focus()
}

const accepted = (said, project, noChange) => {
  const link = document.createElement('a')
  link.href = '../projects/' + encodeURIComponent(project) + '/'
  link.textContent = say.page
  const words = (noChange ? say.unchanged : say.accepted).replace('{version}', said.version)
  const flags = (said.assessment?.flags ?? []).map(flag => paragraph(flag.rule + ' ' + (flag.text?.[english ? 'en' : 'zh'] ?? '')))
  tell('good', paragraph(words, link), ...flags)
  for (const name of ['percentComplete', 'actualStart', 'actualFinish', 'forecastFinish', 'delayCode', 'delayNote', 'note', 'countDone']) by(name).value = ''
}

const refused = problem => {
  const errors = problem.errors ?? []
  const rest = []
  for (const error of errors) {
    const field = fieldOf(error.pointer)
    if (field) showError(field, error.message)
    else rest.push(paragraph(error.message))
  }
  if (problem.status === 401) showError('token', problem.detail ?? problem.title)
  tell('bad', paragraph(say.failed + (problem.detail ?? problem.title ?? '')), ...rest)
}

form.addEventListener('submit', event => { event.preventDefault(); send(false) })
by('no-change').addEventListener('click', () => send(true))
by('project').addEventListener('change', () => loadMilestones().catch(() => tell('bad', paragraph(say.unreachable))))
by('token').value = sessionStorage.getItem('token') ?? ''
by('fields').disabled = false
loadProjects().catch(() => tell('bad', paragraph(say.unreachable)))
})()
`
