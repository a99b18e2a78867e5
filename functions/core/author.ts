/** Roles of the API; each may do what CONTRACT's table says, `admin` everything. */
export type Role = 'admin' | 'reporter' | 'leader' | 'viewer'

/** Who caused a commit: a person by token, or the tracker itself on its daily review. */
export interface Author {
  readonly id: string
  readonly role: Role | 'system'
}
