import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { catalogue } from '../problem/catalogue.js';

interface Operation {
  operationId?: string;
  parameters?: unknown[];
  requestBody?: unknown;
  responses: Record<string, { description?: string; content?: unknown }>;
}

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;

/** The body of every refusal (RFC 9457). */
const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'instance'],
  properties: {
    type: { type: 'string', description: '`urn:nailup:problem:` and the code.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What is special about this occurrence, or else what helps; for a person.' },
    code: { type: 'string', enum: Object.keys(catalogue), description: 'Stable; programs decide by it.' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['message'],
        properties: {
          pointer: { type: 'string', description: 'RFC 6901 pointer into the body.' },
          parameter: { type: 'string', description: 'Name of a query parameter, path parameter or header.' },
          message: { type: 'string' },
        },
      },
    },
  },
};

/** The OpenAPI 3.1 document, made from the code. The application need not be listening, nor its database be there. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Nailup')
    .setDescription('The Media Server Manager: which Asterisk an agent sits on, and what becomes of the seat.')
    .setVersion('0.1.0')
    .setLicense('AGPL-3.0-or-later', 'https://www.gnu.org/licenses/agpl-3.0.html')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An access token, an API key, or the token of a machine.' }, 'bearer')
    .addCookieAuth('nailup_refresh_softphone', { type: 'apiKey', in: 'cookie', description: 'One name per application: nailup_refresh_<app>.' }, 'refresh')
    .build();
  const document = SwaggerModule.createDocument(app, config, { operationIdFactory: (controller, method) => operationName(controller, method) });
  const schemas = { ...document.components?.schemas, Problem: problemSchema };
  document.components = { ...document.components, schemas: schemas as NonNullable<OpenAPIObject['components']>['schemas'] };
  for (const path of Object.values(document.paths)) {
    for (const method of methods) {
      const operation = path[method] as Operation | undefined;
      if (operation !== undefined) describeRefusals(operation);
    }
  }
  return document;
}

/** `PlacementsController.place` -> `placementsPlace`, for operations that name themselves not. */
function operationName(controller: string, method: string): string {
  const room = controller.replace(/Controller$/, '');
  return `${room.charAt(0).toLowerCase()}${room.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}

function describeRefusals(operation: Operation): void {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const { responses } = operation;
  if (operation.requestBody !== undefined || (operation.parameters ?? []).length > 0) responses['400'] ??= { description: 'The request is not well formed; `errors` says where.' };
  responses['default'] ??= { description: 'Any other refusal.' };
  for (const [status, response] of Object.entries(responses)) {
    if (status === 'default' || Number(status) >= 400) response.content = content;
  }
}
