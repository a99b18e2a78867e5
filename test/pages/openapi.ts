import type { OpenApiDocument } from '../../functions/pages/api-document.ts'

/** A small OpenAPI document with everything that the docs page shows. */
export const openapi: OpenApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Capital project tracker',
    version: '1.0.0',
    description: 'Reports in, assessments out.\n\nErrors are `problem+json`.'
  },
  paths: {
    '/v1/projects/{id}/reports': {
      parameters: [{ $ref: '#/components/parameters/ProjectId' }],
      post: {
        operationId: 'reportProgress',
        summary: '填报进展 / Report progress',
        description: 'At least one field beside the milestone.',
        parameters: [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            schema: { type: 'string', maxLength: 128 },
            description: 'A retry with the same key returns the first answer.',
            example: '2021-06-21-1'
          }
        ],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Report' },
              examples: {
                weather: {
                  summary: 'late by weather',
                  value: { reports: [{ milestoneId: 'C3', percentComplete: 80 }] }
                }
              }
            }
          }
        },
        responses: {
          '422': { $ref: '#/components/responses/Problem' },
          '201': {
            description: 'Accepted.',
            headers: { ETag: { description: 'the version', schema: { type: 'string' } } },
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: { version: { type: 'integer', minimum: 1 } },
                  required: ['version']
                }
              }
            }
          }
        }
      }
    },
    '/v1/health': { get: { summary: '<script>alert(1)</script>', responses: { '200': { description: 'Alive.' } } } }
  },
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'A token per role.' } },
    parameters: {
      ProjectId: { name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^[a-z0-9-]+$' } }
    },
    responses: {
      Problem: {
        description: 'Not valid.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
      }
    },
    schemas: {
      Report: {
        oneOf: [
          {
            type: 'object',
            properties: { reports: { type: 'array', items: { $ref: '#/components/schemas/MilestoneReport' } } },
            required: ['reports']
          },
          { type: 'object', properties: { noChange: { const: true } }, required: ['noChange'] }
        ]
      },
      MilestoneReport: {
        type: 'object',
        description: 'What is said of one milestone.',
        required: ['milestoneId'],
        properties: {
          milestoneId: { type: 'string', description: 'Its id in the plan.' },
          percentComplete: { type: 'number', minimum: 0, maximum: 100 },
          delay: { type: ['string', 'null'], enum: ['LAND', 'WEATHER', null] },
          actualStart: { type: 'string', format: 'date' }
        }
      },
      Problem: { type: 'object', properties: { type: { type: 'string', format: 'uri' }, status: { type: 'integer' } } }
    }
  }
}
