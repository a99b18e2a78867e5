import type { Text } from '../core/text.ts'

/** Every way in which a request can fail, with its status and its title in both languages. The codes are stable. */
export const problems = {
  'not-json': [400, '请求体不是 JSON', 'The body is not JSON'],
  'not-http': [400, '不是有效的 HTTP 请求', 'This is no valid HTTP request'],
  'malformed-header': [400, '请求头格式不对', 'A header is malformed'],
  'not-authenticated': [401, '没有出示有效的令牌', 'No valid token was shown'],
  'not-allowed': [403, '此令牌无权这样做', 'This token may not do that'],
  'not-found': [404, '没有这个地址', 'There is nothing at this address'],
  'photos-not-taken': [404, '本部署不接收照片', 'This tracker takes no photographs'],
  'project-not-found': [404, '没有这个项目', 'There is no such project'],
  'milestone-not-found': [404, '计划中没有这个里程碑', 'The plan has no such milestone'],
  'case-not-found': [404, '没有这件督办单', 'There is no such case'],
  'person-not-found': [404, '通讯录中没有此人', 'The directory has no such person'],
  'token-not-found': [404, '没有这个令牌', 'There is no such token'],
  'method-not-allowed': [405, '此地址不支持该方法', 'The address does not answer this method'],
  'refused-by-state': [409, '与项目现状矛盾,未写入', 'It contradicts the state of the project; nothing was written'],
  'last-admin': [
    409,
    '这是最后一个有效的管理员,或其他管理员都先到期,不能撤销、改任或设有效期;请先另设一个',
    'This is the last admin who gets in, or all others end before it; let another in before it is revoked, demoted or given a last day'
  ],
  'version-conflict': [
    412,
    '别人先改了,请取最新版本再试',
    'Somebody else wrote first; read the latest version and try again'
  ],
  'one-project-only': [
    422,
    '此格式每个文件只含一个项目,请用 project 指定',
    'This form holds one project; name it by project'
  ],
  'answer-too-large': [
    413,
    '内容过大,请用 town、programme 或 project 缩小范围',
    'It is too large to send; narrow it by town, programme or project'
  ],
  'export-kind-not-found': [
    404,
    '没有这种导出格式,可用:ledger ledger-csv mspdi oc4ids ics',
    'There is no such form; there are ledger, ledger-csv, mspdi, oc4ids and ics'
  ],
  'body-too-large': [413, '请求体过大', 'The body is too large'],
  'not-json-content': [415, '请以 application/json 发送', 'Send it as application/json'],
  'unknown-media-type': [415, '不接受这种类型的文件', 'A file of this type is not taken'],
  'unreadable-file': [422, '文件无法读取', 'The file cannot be read'],
  'not-valid': [422, '内容有误', 'It is not valid'],
  'idempotency-key-reused': [
    422,
    '同一 Idempotency-Key 已用于另一内容',
    'The Idempotency-Key was used for another body'
  ],
  'headers-too-large': [431, '请求头过长', 'The headers are too long'],
  'too-many-guesses': [
    429,
    '错误的令牌过多,请稍后再试',
    'Too many wrong tokens came from where you are; try again later'
  ],
  busy: [503, '同时写入者过多,请稍后再试', 'Too many write at once; try again shortly'],
  'internal-error': [500, '系统内部错误', 'Something went wrong inside']
} as const satisfies Record<string, readonly [status: number, zh: string, en: string]>

/** A stable code of {@link problems}. */
export type ProblemCode = keyof typeof problems

/** Which of the two languages a caller reads. */
export type Language = keyof Text

/** One field that is wrong; `pointer` is a JSON pointer (RFC 6901) into the body, or names a parameter. */
export interface FieldError {
  readonly pointer: string
  readonly code: string
  readonly message: Text
}

/** A failed request, before it is written out. */
export interface Problem {
  readonly code: ProblemCode
  /** What to say where no field is wrong; absent, the first of the errors says it. */
  readonly detail?: Text | undefined
  readonly errors?: readonly FieldError[] | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Whoever lost too many races against other writers may come again in a second. */
export const busy: Problem = { code: 'busy', headers: { 'retry-after': '1' } }

/** A reply of the API as its handlers see it. */
export interface Reply {
  readonly status: number
  readonly body?: unknown
  /** A body that is no JSON; its type is among the headers. */
  readonly content?: string | Uint8Array | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** More wrong fields than this are not listed: a body full of them must not make a reply larger than one may be. */
const mostErrors = 100

/** The language that an Accept-Language header prefers of the two; Chinese when it says nothing. */
export const preferredLanguage = (header: string | undefined): Language => {
  const wishes = (header ?? '').split(',').map(part => {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
    const quality = parameters.map(p => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find(q => q !== undefined)
    return { language: range.split('-')[0], quality: quality === undefined ? 1 : Number(quality) }
  })
  const wishFor = (language: Language) => {
    const own = wishes.filter(wish => wish.language === language)
    const meant = own.length > 0 ? own : wishes.filter(wish => wish.language === '*')
    return Math.max(0, ...meant.map(wish => wish.quality))
  }
  return wishFor('en') > wishFor('zh') ? 'en' : 'zh'
}

/** In which words a problem is told: one language, or both where the reader is not known. */
export type Wording = Language | 'both'

/** The wording that an Accept-Language header asks for; `mul`, many languages in ISO 639-2, is both. */
export const wordingFor = (header: string | undefined): Wording =>
  header?.trim().toLowerCase() === 'mul' ? 'both' : preferredLanguage(header)

/** Content-Language of each wording. */
export const contentLanguage: Readonly<Record<Wording, string>> = { zh: 'zh-CN', en: 'en', both: 'zh-CN, en' }

const worded = (text: Text, wording: Wording): string =>
  wording === 'both' ? `${text.zh} / ${text.en}` : text[wording]

/** What is said of a problem: its title, and what of it. */
export const problemTexts = ({
  code,
  detail,
  errors = []
}: Problem): { readonly title: Text; readonly detail: Text } => {
  const [, zh, en] = problems[code]
  const title = { zh, en }
  return { title, detail: detail ?? sentenceOf(errors) ?? title }
}

/** Writes a problem out as `application/problem+json` (RFC 9457). */
export const problemReply = (problem: Problem, wording: Wording, requestId: string): Reply => {
  const [status] = problems[problem.code]
  const { title, detail } = problemTexts(problem)
  return {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': contentLanguage[wording],
      ...problem.headers
    },
    body: {
      type: `urn:problem:${problem.code}`,
      title: worded(title, wording),
      status,
      detail: worded(detail, wording),
      code: problem.code,
      errors: (problem.errors ?? []).slice(0, mostErrors).map(({ pointer, code, message }) => ({
        pointer,
        code,
        message: worded(message, wording)
      })),
      requestId
    }
  }
}

/** The first of the errors as a sentence: which field, unless it is the whole or stands in the address, and what of it. */
const sentenceOf = ([first]: readonly FieldError[]): Text | undefined => {
  if (first === undefined || first.pointer === '' || first.pointer.startsWith('{')) return first?.message
  const { pointer, message } = first
  return { zh: `${pointer}:${message.zh}`, en: `${pointer}: ${message.en}` }
}
