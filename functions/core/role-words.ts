import type { Author } from './author.ts'
import type { Text } from './text.ts'

/** Who wrote a commit: the class of the author, never a name. */
export const roleWords: Readonly<Record<Author['role'], Text>> = {
  admin: { zh: '管理员', en: 'administrator' },
  reporter: { zh: '项目填报人', en: 'project reporter' },
  leader: { zh: '局领导', en: 'leadership' },
  viewer: { zh: '查阅者', en: 'viewer' },
  system: { zh: '系统每日核查', en: 'daily review by the tracker' }
}
