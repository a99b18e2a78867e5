import { tokenIn } from './address.ts'
import { askFirst } from './first-answer.ts'

// A program of its own, some hundred bytes long: on a weak network the form takes as long as the agenda, so that whoever
// opens a link waits for both at once.
const token = tokenIn(location.hash)
if (token !== undefined) askFirst(token)
