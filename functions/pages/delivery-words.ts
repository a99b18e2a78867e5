import type { DeliveryStatus } from '../core/delivery.ts'
import type { Text } from '../core/text.ts'

/** What the fate of a delivery is called. */
export const deliveryStatusWords: Readonly<Record<DeliveryStatus, Text>> = {
  queued: { zh: '待发', en: 'queued' },
  sent: { zh: '已送达', en: 'sent' },
  failed: { zh: '未送达', en: 'failed' },
  unknown: { zh: '是否送达不明', en: 'unknown whether it arrived' }
}
