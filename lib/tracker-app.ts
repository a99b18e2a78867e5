import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import type { Bundle } from './bundling.ts'
import { readConfigs } from './config.ts'
import { TrackerStack } from './tracker-stack.ts'

/** Properties of {@link trackerApp}. */
export interface TrackerAppProps {
  readonly bundles: readonly Bundle[]
  /** Context of the CDK; its key `tracker` holds the configurations. */
  readonly context: Readonly<Record<string, unknown>>
  readonly outdir?: string
}

/** Errors of the template validator end a synthesis like those of cdk-nag; without this they would be warnings. */
const strict = { '@aws-cdk/core:validateAgainstDefaultRules': true }

/**
 * The app: a stack for each partition that the context configures, under the rules of cdk-nag and of the validator of
 * templates that the CDK brings along. `synth` throws when one is broken.
 * @throws ConfigError
 */
export const trackerApp = ({ bundles, context, outdir }: TrackerAppProps): App => {
  const app = new App({ context: { ...context, ...strict }, ...(outdir !== undefined && { outdir }) })
  const configs = readConfigs(app.node.tryGetContext('tracker'))
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }))
  for (const config of configs) new TrackerStack(app, `tracker-${config.partition}`, { config, bundles })
  return app
}
