const preset = require('../../jest.preset.cjs');

module.exports = {
  ...preset,
  testTimeout: 60_000,
  testEnvironment: `${__dirname}/../../libs/web/src/testing/browser-environment.cjs`,
  testEnvironmentOptions: { url: 'http://manager.test/admin/' },
  moduleNameMapper: {
    // A canvas draws nothing under jsdom; the table beside it holds the same numbers.
    '/plot-canvas\\.js$': `${__dirname}/src/testing/no-plot.tsx`,
    '^@nailup/web/testing$': `${__dirname}/../../libs/web/src/testing/index.ts`,
    ...preset.moduleNameMapper,
  },
};
