module.exports = {
  projects: ['libs/domain', 'libs/ami', 'libs/api-client', 'libs/phone', 'libs/web', 'apps/api', 'apps/pool-simulator', 'apps/softphone', 'apps/admin'].map(
    (room) => `<rootDir>/${room}`,
  ),
};
