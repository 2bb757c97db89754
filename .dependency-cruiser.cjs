/** The arrows between the rooms, each with the reason why it points one way. `npm run lint` keeps them. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const consoles = '^apps/(softphone|admin)/';
const spec = '\\.spec\\.tsx?$';

module.exports = {
  forbidden: [
    rule('no-circles', 'A circle of imports has no top to start reading from.', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    rule('domain-imports-nothing', 'The rules are decided without a framework, a clock or a network.',
      { path: '^libs/domain/src', pathNot: spec }, { pathNot: '^libs/domain/src' }),
    rule('ami-knows-only-the-wire', 'The wire knows nothing of agents: node:net, node:tls, node:events, node:crypto and asterisk-ami-client.',
      { path: '^libs/ami/src', pathNot: [spec, '^libs/ami/src/testing'] }, { pathNot: ['^libs/ami/src', '^(node:)?(net|tls|events|crypto)$', 'asterisk-ami-client'] }),
    rule('browsers-never-reach-the-rules', 'Consoles learn everything from the REST contract; rules and wire stay on the server.',
      { path: ['^libs/(web|phone|api-client)/', consoles] }, { path: '^libs/(domain|ami)/' }),
    rule('only-the-line-speaks-sip', 'SIP.js is wrapped once, in libs/phone, so that the engine can be changed.',
      { pathNot: ['^libs/phone/', '^e2e/'] }, { path: 'node_modules/sip\\.js' }),
    rule('the-line-is-headless', 'libs/phone serves softphone and supervisor alike: no React in it.',
      { path: '^libs/phone/' }, { path: 'node_modules/(react|react-dom|@mui)/' }),
    rule('features-stand-alone', 'A feature can be read, moved and deleted alone: it shares through libs/web or the app folder.',
      { path: '^apps/(softphone|admin)/src/features/([^/]+)/' }, { path: '^apps/[^/]+/src/features/', pathNot: '^apps/$1/src/features/$2/' }),
    rule('apps-do-not-import-apps', 'Applications meet over the REST contract. Tests of the manager may put simulated media servers around it.',
      { path: '^apps/([^/]+)/', pathNot: [spec, '^apps/api/test/'] }, { path: '^apps/', pathNot: '^apps/$1/' }),
    rule('tests-know-one-other-app', 'A test of the manager meets the pool simulator at its door, and no other application.',
      { path: ['^apps/([^/]+)/.*\\.spec\\.tsx?$', '^apps/(api)/test/'] }, { path: '^apps/', pathNot: ['^apps/$1/', '^apps/pool-simulator/src/index\\.ts$'] }),
    rule('the-simulator-knows-the-wire-and-no-manager', 'What a manager believes is held against it: it would prove nothing if it shared the manager\'s code or rules.',
      { path: '^apps/pool-simulator/' }, { path: ['^apps/api/', '^libs/(domain|phone|web)/', 'node_modules/(@nestjs|typeorm|mysql2)/'] }),
    rule('entities-stay-home', 'An entity never leaves its repository: services and controllers see plain records.',
      { path: '^apps/api/src/', pathNot: ['\\.(entity|repository|module)\\.ts$', '^apps/api/src/database/'] }, { path: '\\.entity\\.ts$' }),
    rule('controllers-hold-no-sql', 'controller -> service -> (domain, repository).',
      { path: '\\.controller\\.ts$' }, { path: ['\\.repository\\.ts$', 'node_modules/(typeorm|mysql2)/'] }),
    rule('declared-dependencies-only', 'npm ci must bring everything an import needs.',
      { path: '^(apps|libs)/', pathNot: [spec, '/test/'] }, { pathNot: '^libs/', dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] }),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['/dist/', '^e2e/', '\\.cjs$', 'vite\\.config'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'default'], extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] },
  },
};
