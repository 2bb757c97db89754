// Integration: the built manager in a process of its own, against a real MySQL (NAILUP_TEST_MYSQL).
module.exports = {
  ...require('../../jest.preset.cjs'),
  roots: ['<rootDir>/test'],
  testRegex: '\\.int\\.spec\\.ts$',
  testTimeout: 60_000,
  maxWorkers: 2,
};
