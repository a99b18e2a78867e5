import type { Text } from '../core/text.ts'
import { isSafeKey } from '../schema/fields.ts'
import { type Lose, Unreadable } from './imported-plan.ts'
import type { SourceTask } from './source-plan.ts'

/** The code of a task where it can be an id and is the only one, else the internal id of the file. */
export const nameTasks = (tasks: readonly SourceTask[], lose: Lose): ReadonlyMap<string, string> => {
  const ids = new Map<string, string>()
  const uses = new Map<string, number>()
  for (const { code } of tasks) if (code !== undefined) uses.set(code, (uses.get(code) ?? 0) + 1)
  const fits = (code: string | undefined): code is string =>
    code !== undefined && idPattern.test(code) && isSafeKey(code) && uses.get(code) === 1
  const taken = new Set(tasks.flatMap(({ code }) => (fits(code) ? [code] : [])))
  for (const { sourceId, code, path } of tasks) {
    if (ids.has(sourceId)) throw new Unreadable('duplicate-id', `${path}: the id ${sourceId} stands there twice`)
    if (fits(code)) {
      ids.set(sourceId, code)
      continue
    }
    const clean = sourceId.replaceAll(/[^A-Za-z0-9._-]/g, '').slice(0, 30)
    let id = clean === '' || !isSafeKey(clean) ? `t${ids.size + 1}` : clean
    while (taken.has(id)) id = `t-${id}`.slice(0, 40)
    taken.add(id)
    ids.set(sourceId, id)
    if (code !== undefined) lose(path, code, codeReplaced, id)
  }
  return ids
}

const idPattern = /^[A-Za-z0-9._-]{1,40}$/

const codeReplaced: Text = {
  zh: '作业代码不能作编号(须为 40 个以内的字母、数字、. _ - 且不重复),改用文件内部编号',
  en: 'the code cannot be an id (up to 40 letters, digits, . _ - and unique); the internal id of the file stands for it'
}
