import { configureGlobal } from 'fast-check'
import { propertySeed, runs } from './runs.ts'

/** The same commit gets the same verdict: fast-check would take its seed from the clock. */
configureGlobal({ seed: propertySeed, numRuns: runs(100) })
