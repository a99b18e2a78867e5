import { medianOf, processorTimeOf } from './processor-time.ts'

const rounds = 15
/** Rounds that are not counted: V8 compiles beside the work for some ten thousand assessments, and that is processor time too. */
const warming = 100

/** Things a second of processor time: work that does `things` of them is repeated until it takes long enough to measure. */
export const perSecond = async (things: number, work: () => void): Promise<number> => {
  const times = Math.max(1, Math.ceil(400 / things))
  const many = () => {
    for (let i = 0; i < times; i += 1) work()
  }
  for (let i = 0; i < warming; i += 1) many()
  const taken: number[] = []
  for (let round = 0; round < rounds; round += 1) taken.push(await processorTimeOf(many))
  return (things * times * 1000) / medianOf(taken)
}
