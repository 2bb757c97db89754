module.exports = {
  ...require('../../jest.preset.cjs'),
  testTimeout: 30_000,
  testEnvironment: `${__dirname}/../../libs/web/src/testing/browser-environment.cjs`,
  testEnvironmentOptions: { url: 'http://manager.test/softphone/' },
};
