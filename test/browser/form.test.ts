import { describe } from 'vitest'
import { accessible } from './form/accessible.ts'
import { anotherBearer } from './form/another-bearer.ts'
import { fromTheLink } from './form/from-the-link.ts'
import { halfFilled } from './form/half-filled.ts'
import { newerForm } from './form/newer-form.ts'
import { usePhone } from './form/phone.ts'
import { refused } from './form/refused.ts'
import { sending } from './form/sending.ts'
import { unanswered } from './form/unanswered.ts'
import { waysOn } from './form/ways-on.ts'
import { withoutNetwork } from './form/without-network.ts'

// One tracker and one browser for all of them: they take longer to start than most of what is tested here.
const phone = usePhone()

describe('from the opened link', () => fromTheLink(phone))
describe('without a network', () => withoutNetwork(phone))
describe('what is half filled in', () => halfFilled(phone))
describe('what is sent off', () => sending(phone))
describe('a way on', () => waysOn(phone))
describe('an answer that never came', () => unanswered(phone))
describe('a report that is refused', () => refused(phone))
describe('another bearer on the same telephone', () => anotherBearer(phone))
describe('axe', () => accessible(phone))
describe('a newer form', () => newerForm(phone))
