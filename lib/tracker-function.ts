import { dirname } from 'node:path'
import { Duration, FileSystem, RemovalPolicy, Validations } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  RuntimeFamily
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { Bundle } from './bundling.ts'
import type { TrackerConfig } from './config.ts'
import { type FunctionDefinition, functionOf, type SettingName } from './functions.ts'
import type { TableAction } from './permissions.ts'
import type { TrackerTable } from './tracker-table.ts'

/** Properties of {@link TrackerFunction}. */
export interface TrackerFunctionProps {
  readonly bundle: Bundle
  readonly config: TrackerConfig
  /** Most copies that run at a time, kept aside for it; absent is as many as the account has. */
  readonly reservedConcurrency?: number
}

/**
 * A function of `functions.ts` in the cloud, from the bundle that the local runtime runs. Its role may write its own log
 * and do what is bound to it; there is no managed policy.
 */
export class TrackerFunction extends Construct {
  readonly definition: FunctionDefinition
  readonly lambda: LambdaFunction
  /** How many copies are kept aside for it, and are the most that run. */
  readonly reserved: number | undefined

  constructor(scope: Construct, id: string, { bundle, config, reservedConcurrency }: TrackerFunctionProps) {
    super(scope, id)
    this.definition = functionOf(bundle.name)
    this.reserved = config.reserveConcurrency ? reservedConcurrency : undefined
    const logGroup = new LogGroup(this, 'Log', {
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY
    })
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn]
      })
    )
    this.lambda = new LambdaFunction(this, 'Function', {
      description: `Capital project tracker: ${bundle.name}`,
      runtime: new Runtime(config.runtime, RuntimeFamily.NODEJS),
      architecture: config.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      handler: 'index.handler',
      code: codeOf(dirname(bundle.file)),
      memorySize: this.definition.memoryMb,
      timeout: Duration.seconds(this.definition.timeoutSeconds),
      ...(this.reserved !== undefined && { reservedConcurrentExecutions: this.reserved }),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON
    })
    acknowledgeRuntime(this.lambda, config)
    this.setCommon(config)
  }

  /** Tells the function a table and lets it do these operations there, both or neither. */
  bind(table: TrackerTable, actions: readonly TableAction[]): void {
    this.lambda.addEnvironment(table.variable, table.tableName)
    table.allow(this.lambda, actions)
  }

  /**
   * Sets a variable that the function declares.
   * @throws Error when it does not: a variable nobody reads is a mistake.
   */
  set(name: SettingName, value: string): void {
    if (!this.reads(name)) throw new Error(`${this.node.id} reads no ${name}`)
    this.lambda.addEnvironment(name, value)
  }

  /** True when the function declares a variable. */
  reads(name: SettingName): boolean {
    return this.definition.settings.includes(name)
  }

  private setCommon({ policy, fixedDate }: TrackerConfig): void {
    if (policy !== undefined && this.reads('POLICY')) this.set('POLICY', JSON.stringify(policy))
    if (fixedDate !== undefined && this.reads('FIXED_DATE')) this.set('FIXED_DATE', fixedDate)
  }
}

/** The map beside a bundle is for whoever reads a stack trace. A code cache is another every time; it alone changes no function. */
const codeOf = (folder: string): Code =>
  Code.fromAsset(folder, {
    exclude: ['*.map'],
    assetHash: FileSystem.fingerprint(folder, { exclude: ['*.map', '*.cache'] })
  })

const newestRuntime = 'nodejs24.x'

/** A region may have an older runtime than the rule wants. */
export const acknowledgeRuntime = (lambda: LambdaFunction, { runtime }: TrackerConfig): void => {
  if (runtime === newestRuntime) return
  Validations.of(lambda).acknowledge({
    id: 'AwsSolutions-L1',
    reason: 'The context chooses this runtime for a region that has no newer one yet.'
  })
}
