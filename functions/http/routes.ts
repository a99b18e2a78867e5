import { agendaRoutes } from './agenda-routes.ts'
import { caseRoutes } from './case-routes.ts'
import { deliveryRoutes } from './delivery-routes.ts'
import { exportRoutes } from './export-routes.ts'
import { importRoutes } from './import-routes.ts'
import { judgementRoutes } from './judgement-routes.ts'
import { openApiRoute } from './openapi-route.ts'
import { peopleRoutes } from './people-routes.ts'
import { photoRoutes } from './photo-routes.ts'
import { readRoutes } from './read-routes.ts'
import type { Route } from './route.ts'
import { tokenRoutes } from './token-routes.ts'
import { writeRoutes } from './write-routes.ts'

/** The route table: the API is this list, and so is its documentation. */
export const routes: readonly Route[] = [
  openApiRoute(() => routes),
  ...readRoutes,
  ...agendaRoutes,
  ...deliveryRoutes,
  ...exportRoutes,
  ...writeRoutes,
  ...photoRoutes,
  ...judgementRoutes,
  ...importRoutes,
  ...tokenRoutes,
  ...caseRoutes,
  ...peopleRoutes
]
