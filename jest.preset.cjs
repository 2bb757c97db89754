// Tests run as CommonJS through swc; production is ESM built by tsc. The packages let through are published as ESM only.
const esmOnly = ['@nestjs', 'sip\\.js', 'light-my-request', 'cookie', 'uuid', '@nailup', 'openapi-fetch', 'content-disposition', 'file-type'];

module.exports = {
  testEnvironment: 'node',
  // A whole dialog typed through by a person takes its time on a busy machine; what hangs still fails.
  testTimeout: 20_000,
  roots: ['<rootDir>/src'],
  testRegex: '\\.spec\\.tsx?$',
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@nailup/ami/testing$': `${__dirname}/libs/ami/src/testing/index.ts`,
    '^@nailup/(domain|ami|api-client|phone|web)$': `${__dirname}/libs/$1/src/index.ts`,
    '^@nailup/pool-simulator$': `${__dirname}/apps/pool-simulator/src/index.ts`,
  },
  transform: {
    '^.+\\.[cm]?[tj]sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true, decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false, react: { runtime: 'automatic' } },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
};
